import { main } from '#command-line';
import { eraseVerbs } from './commands/erase-names/erase.verb.js';
import { doubtVerbs } from './commands/settle-doubts/doubts.verbs.js';
import { liftVerbs } from './commands/lift-tickets/lift.verb.js';

/** `npm run tickets -- …`: operators' commands, beside the running service. */
await main({
  name: 'tickets',
  summary:
    'Operates the tickets service: after a restore of its database, when a ticket is in doubt, ' +
    'and when a name is to be erased.',
  verbs: { ...liftVerbs, ...doubtVerbs, ...eraseVerbs },
});

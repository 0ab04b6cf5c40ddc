import { main } from '#command-line';
import { eraseVerbs } from './commands/erase-names/erase.verb.js';
import { liftVerbs } from './commands/lift-tickets/lift.verb.js';

/** `npm run tickets -- …`: operators' commands, beside the running service. */
await main({
  name: 'tickets',
  summary: 'Operates the tickets service: after a restore of its database, and when a name is to be erased.',
  verbs: { ...liftVerbs, ...eraseVerbs },
});

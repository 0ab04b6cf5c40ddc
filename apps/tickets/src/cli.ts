import { main } from '#command-line';
import { liftVerbs } from './commands/lift-tickets/lift.verb.js';

/** `npm run tickets -- …`: what ops does beside the running service. */
await main({ name: 'tickets', summary: 'Operates the tickets service after its database was restored.', verbs: liftVerbs });

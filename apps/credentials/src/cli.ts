import { main } from '#command-line';
import { auditVerbs } from './audit/audit.verbs.js';
import { keysVerbs } from './custody/keys.verbs.js';
import { receiptsVerbs } from './receipts/receipts.verbs.js';

/** `npm run credentials | keys | audit | receipts -- …`: what ops does beside the running service. */
await main({
  name: 'credentials',
  summary: 'Operates the credentials service: its keys, its audit, its receipts.',
  verbs: { ...keysVerbs, ...auditVerbs, ...receiptsVerbs },
});

import { main } from '#command-line';
import { auditVerbs } from './audit/audit.verbs.js';
import { destroyVerbs } from './commands/destroy-ticket/destroy.verb.js';
import { keysVerbs } from './custody/keys.verbs.js';
import { receiptsVerbs } from './receipts/receipts.verbs.js';
import { gatesVerbs } from './recovery/gates.verb.js';
import { reconcileRestoreVerbs } from './recovery/reconcile-restore.verb.js';
import { reportVerbs } from './report/report.verb.js';

/**
 * `npm run credentials | keys | audit | receipts -- …`: operators' commands,
 * beside the running service.
 */
await main({
  name: 'credentials',
  summary:
    'Operates the credentials service: its keys, its audit, its receipts, and what is left to ' +
    'do when all else failed.',
  verbs: {
    ...reportVerbs,
    ...destroyVerbs,
    ...gatesVerbs,
    ...reconcileRestoreVerbs,
    ...keysVerbs,
    ...auditVerbs,
    ...receiptsVerbs,
  },
});

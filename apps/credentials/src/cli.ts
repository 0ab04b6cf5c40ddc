import { main } from '#command-line';
import { auditVerbs } from './cli/audit.verbs.js';
import { destroyVerbs } from './cli/destroy.verbs.js';
import { keysVerbs } from './cli/keys.verbs.js';
import { receiptsVerbs } from './cli/receipts.verbs.js';
import { gatesVerbs } from './cli/gates.verbs.js';
import { reconcileRestoreVerbs } from './cli/reconcile-restore.verbs.js';
import { reportVerbs } from './cli/report.verbs.js';

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

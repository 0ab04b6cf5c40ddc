import { auditMutations } from './audit.js';
import { batchMutations } from './batches.js';
import { changesMutations } from './changes.js';
import { custodyMutations } from './custody.js';
import { databaseMutations } from './database.js';
import { decisionMutations } from './decisions.js';
import { gatewayMutations } from './gateway.js';
import { homeMutations } from './homes.js';
import { identityMutations } from './identity.js';
import { keyMutations } from './keys.js';
import { messagingMutations } from './messaging.js';
import { type Mutation } from './mutation.js';
import { restoreMutations } from './restore.js';
import { ticketsMutations } from './tickets.js';

/** Every mechanism that is taken out, in the order of the files. */
export const allMutations: readonly Mutation[] = [
  ...auditMutations,
  ...batchMutations,
  ...changesMutations,
  ...custodyMutations,
  ...databaseMutations,
  ...decisionMutations,
  ...gatewayMutations,
  ...homeMutations,
  ...identityMutations,
  ...keyMutations,
  ...messagingMutations,
  ...restoreMutations,
  ...ticketsMutations,
];

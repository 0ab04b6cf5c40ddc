import { credentials, evidence, requests } from './credentials/credentials.operations.js';
import { reveals } from './credentials/reveals.operations.js';
import { type OperationGroup } from './forwarding/operation.js';
import { replies, tickets } from './tickets/tickets.operations.js';

/** Everything that the gateway forwards, in the order of the API's document. */
export const operationGroups: readonly OperationGroup[] = [
  tickets,
  replies,
  credentials,
  reveals,
  requests,
  evidence,
];

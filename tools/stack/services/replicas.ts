import { readInteger } from './read-integer.js';
import { type ServiceName } from './service-names.js';

/** How many processes of each service there are. */
export type Replicas = Readonly<Record<ServiceName, number>>;

export const readReplicas = (env: NodeJS.ProcessEnv): Replicas => ({
  tickets: readInteger(env, 'REPLICAS_TICKETS', 16) ?? 1,
  credentials: readInteger(env, 'REPLICAS_CREDENTIALS', 16) ?? 1,
  gateway: readInteger(env, 'REPLICAS_GATEWAY', 16) ?? 1,
});

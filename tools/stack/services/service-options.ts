import { LauncherFault } from '../fault.js';
import { type Ports } from '../ports.js';

export const serviceNames = ['tickets', 'credentials', 'gateway'] as const;
export type ServiceName = (typeof serviceNames)[number];

const firstGatewayPort = 3000;

/** How many processes of each service there are. */
export type Replicas = Readonly<Record<ServiceName, number>>;

export const readReplicas = (env: NodeJS.ProcessEnv): Replicas => ({
  tickets: readInteger(env, 'REPLICAS_TICKETS', 16) ?? 1,
  credentials: readInteger(env, 'REPLICAS_CREDENTIALS', 16) ?? 1,
  gateway: readInteger(env, 'REPLICAS_GATEWAY', 16) ?? 1,
});

/**
 * @returns the first of consecutive ports, one per gateway
 * @throws LauncherFault when GATEWAY_PORT or one of its successors is taken
 */
export async function chooseGatewayPort(
  env: NodeJS.ProcessEnv,
  count: number,
  ports: Ports,
): Promise<number> {
  const wanted = readInteger(env, 'GATEWAY_PORT', 65_535);
  if (wanted === undefined) return ports.findConsecutive(firstGatewayPort, count);
  if (await ports.takeConsecutive(wanted, count)) return wanted;
  const names =
    count === 1 ? `Port ${wanted}` : `One of the ports ${wanted} to ${wanted + count - 1}`;
  throw new LauncherFault(
    `${names} is taken. Choose another GATEWAY_PORT, ` +
      `or unset it to get the next free one from ${firstGatewayPort} on.`,
  );
}

function readInteger(env: NodeJS.ProcessEnv, name: string, max: number): number | undefined {
  const text = env[name];
  if (text === undefined || text === '') return undefined;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= max) return value;
  throw new LauncherFault(`${name} must be a whole number from 1 to ${max}.`);
}

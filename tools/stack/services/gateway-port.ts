import { LauncherError } from '../launcher-error.js';
import { type Ports } from '../ports.js';
import { readInteger } from './read-integer.js';

const firstGatewayPort = 3000;

/**
 * @returns the first of consecutive ports, one per gateway
 * @throws LauncherError when GATEWAY_PORT or one of its successors is taken
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
  throw new LauncherError(
    `${names} is taken. Choose another GATEWAY_PORT, ` +
      `or unset it to get the next free one from ${firstGatewayPort} on.`,
  );
}

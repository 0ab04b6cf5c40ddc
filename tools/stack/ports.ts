import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { LauncherFault } from './fault.js';

const loopback = '127.0.0.1';

/**
 * Below the ports that systems give to outgoing connections (Linux 32768 up, others 49152 up): a server that is down for a moment must find
 * its port again, and a client that keeps calling that port must not be connected to itself.
 */
const range = [20_000, 32_000] as const;

/** Whether a server could listen on this port of 127.0.0.1 right now. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => {
      resolve(false);
    });
    server.listen({ port, host: loopback, exclusive: true }, () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}

/** A port of 127.0.0.1 that nobody listens on. Random, so that launchers that start together hardly ever want the same. */
export async function findFreePort(): Promise<number> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const port = randomInt(...range);
    if (await isPortFree(port)) return port;
  }
  throw new LauncherFault(`No free port was found on ${loopback} between ${range[0]} and ${range[1]}`);
}

/** The first of `count` consecutive free ports, searched upwards from `first`. */
export async function findConsecutivePorts(first: number, count: number): Promise<number> {
  for (let base = first; base + count - 1 <= 65_535; base += 1) {
    if (await arePortsFree(base, count)) return base;
  }
  throw new LauncherFault(`No ${count} consecutive ports are free on ${loopback} from ${first} upwards`);
}

export async function arePortsFree(first: number, count: number): Promise<boolean> {
  const wanted = Array.from({ length: count }, (_, offset) => first + offset);
  return (await Promise.all(wanted.map(isPortFree))).every(Boolean);
}

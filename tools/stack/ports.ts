import { createServer } from 'node:net';

const loopback = '127.0.0.1';

/** Whether a server could listen on this port of 127.0.0.1 right now. */
export const isPortFree = async (port: number): Promise<boolean> => (await tryListen(port)) !== undefined;

/** A port of 127.0.0.1 that nobody listens on. Somebody may take it before its user does; who starts a server there tries again. */
export async function findFreePort(): Promise<number> {
  const port = await tryListen(0);
  if (port === undefined) throw new Error(`no free port is left on ${loopback}`);
  return port;
}

/** The first of `count` consecutive free ports, searched upwards from `first`. */
export async function findConsecutivePorts(first: number, count: number): Promise<number> {
  for (let base = first; base + count - 1 <= 65_535; base += 1) {
    const wanted = Array.from({ length: count }, (_, offset) => base + offset);
    const free = await Promise.all(wanted.map(isPortFree));
    if (free.every(Boolean)) return base;
  }
  throw new Error(`no ${count} consecutive ports are free from ${first} upwards`);
}

/** @returns the port that was bound, and is free again; undefined when it is taken or not ours to bind */
function tryListen(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => {
      resolve(undefined);
    });
    server.listen({ port, host: loopback, exclusive: true }, () => {
      const address = server.address();
      server.close(() => {
        resolve(address !== null && typeof address === 'object' ? address.port : undefined);
      });
    });
  });
}

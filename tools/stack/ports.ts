import { randomInt } from 'node:crypto';
import { createServer, type Server } from 'node:net';
import { LauncherFault } from './fault.js';

const loopback = '127.0.0.1';

/**
 * Where a launcher shows which ports of 127.0.0.1 it has chosen, from the choice, seconds before a service listens there, to the end: it
 * listens on the same port of this address. The system gives them back when a launcher is killed. Systems with a single loopback address
 * do without.
 */
const noticeBoard = '127.77.0.1';

/**
 * Below the ports that systems give to outgoing connections (Linux 32768 up, others 49152 up): a server that is down for a moment must find
 * its port again, and a client that keeps calling that port must not be connected to itself.
 */
const range = [20_000, 32_000] as const;

/** Chooses ports of 127.0.0.1, each for one purpose, so that launchers that start at the same moment choose different ones. */
export class Ports {
  private readonly claims = new Map<number, Server | undefined>();

  /** A port that nobody listens on. */
  async findFree(): Promise<number> {
    for (let attempt = 0; attempt < 200; attempt += 1) {
      const port = randomInt(...range);
      if (await this.take(port)) return port;
    }
    throw new LauncherFault(`No free port was found on ${loopback} between ${range[0]} and ${range[1]}.`);
  }

  /** The first of `count` consecutive free ports, searched upwards from `first`. */
  async findConsecutive(first: number, count: number): Promise<number> {
    for (let base = first; base + count - 1 <= 65_535; base += 1) if (await this.takeConsecutive(base, count)) return base;
    throw new LauncherFault(`No ${count} consecutive ports are free on ${loopback} from ${first} upwards.`);
  }

  /** @returns whether all of them were free, and are ours now; otherwise none is */
  async takeConsecutive(first: number, count: number): Promise<boolean> {
    for (let port = first; port < first + count; port += 1) {
      if (await this.take(port)) continue;
      for (let taken = first; taken < port; taken += 1) this.giveBack(taken);
      return false;
    }
    return true;
  }

  release(): void {
    for (const port of this.claims.keys()) this.giveBack(port);
  }

  private async take(port: number): Promise<boolean> {
    if (this.claims.has(port)) return false;
    const claim = await listen(port, noticeBoard);
    if (claim === 'EADDRINUSE') return false;
    this.claims.set(port, typeof claim === 'string' ? undefined : claim.unref());
    const probe = await listen(port, loopback);
    if (typeof probe !== 'string') {
      await new Promise((resolve) => probe.close(resolve));
      return true;
    }
    this.giveBack(port);
    return false;
  }

  private giveBack(port: number): void {
    this.claims.get(port)?.close();
    this.claims.delete(port);
  }
}

/** @returns the listening server, or the code of the error */
function listen(port: number, host: string): Promise<Server | string> {
  return new Promise((resolve) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code ?? 'unknown');
    });
    server.listen({ port, host, exclusive: true }, () => {
      resolve(server);
    });
  });
}

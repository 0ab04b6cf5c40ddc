import { randomInt } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { createServer } from 'node:net';
import { LauncherError } from './launcher-error.js';

const loopback = '127.0.0.1';

/**
 * Below the ports that systems give to outgoing connections (Linux 32768 up, others 49152
 * up): a server that is down for a moment must find its port again, and a client that
 * keeps calling that port must not be connected to itself.
 */
const range = [20_000, 32_000] as const;

/**
 * Chooses TCP ports of 127.0.0.1. A server may listen on one only seconds later, so the
 * UDP port of the same number is held until the end: launchers that start at the same
 * moment see it and choose another. No other program wants it, and the system frees it
 * when a launcher is killed.
 */
export class Ports {
  private readonly claims = new Map<number, Socket>();

  /** A free port. */
  async findFree(): Promise<number> {
    for (let attempt = 0; attempt < 200; attempt += 1) {
      const port = randomInt(...range);
      if (await this.take(port)) return port;
    }
    throw new LauncherError(
      `No free port was found on ${loopback} between ${range[0]} and ${range[1]}.`,
    );
  }

  /** The first of `count` consecutive free ports, searched upwards from `first`. */
  async findConsecutive(first: number, count: number): Promise<number> {
    for (let base = first; base + count - 1 <= 65_535; base += 1)
      if (await this.takeConsecutive(base, count)) return base;
    throw new LauncherError(
      `No ${count} consecutive ports are free on ${loopback} from ${first} upwards.`,
    );
  }

  /** Takes all of them or none. @returns whether all were free */
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
    const claim = await hold(port);
    if (claim === undefined) return false;
    this.claims.set(port, claim);
    if (await canListen(port)) return true;
    this.giveBack(port);
    return false;
  }

  private giveBack(port: number): void {
    this.claims.get(port)?.close();
    this.claims.delete(port);
  }
}

/** @returns undefined when another launcher holds it */
function hold(port: number): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4').unref();
    socket.once('error', () => {
      socket.close();
      resolve(undefined);
    });
    socket.bind({ port, address: loopback, exclusive: true }, () => {
      resolve(socket);
    });
  });
}

function canListen(port: number): Promise<boolean> {
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

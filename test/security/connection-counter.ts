import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';

/**
 * Listens, and counts who comes: nobody should, since no URL that a
 * stranger names is ever fetched.
 */
export class ConnectionCounter {
  connections = 0;

  private constructor(private readonly server: Server) {
    server.on('connection', (socket) => {
      this.connections += 1;
      socket.destroy();
    });
  }

  static async start(): Promise<ConnectionCounter> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new ConnectionCounter(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/bait`;
  }

  /** Proves that it would have noticed. @returns the connections before that */
  async proven(): Promise<number> {
    const before = this.connections;
    await fetch(this.url).catch(() => undefined);
    if (this.connections !== before + 1) throw new Error('the counter notices no connection');
    return before;
  }

  async close(): Promise<void> {
    this.server.close();
    await once(this.server, 'close');
  }
}

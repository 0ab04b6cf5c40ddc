import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A proxy between a client and its server, in which a test can cut the connection. */
export class TcpProxy {
  private readonly sockets = new Set<Socket>();
  private readonly server: Server;
  private refusing = false;
  private frozen = false;
  private holding = false;
  /** The connection to the server, with the one from the client. */
  private readonly upstreams = new Map<Socket, Socket>();

  private constructor(
    private readonly host: string,
    private port: number,
  ) {
    this.server = createServer((client) => {
      this.join(client);
    });
  }

  static async to(host: string, port: number): Promise<TcpProxy> {
    const proxy = new TcpProxy(host, port);
    proxy.server.listen(0, '127.0.0.1');
    await once(proxy.server, 'listening');
    return proxy;
  }

  /** `url` with the proxy's host and port. */
  through(url: string): string {
    const proxied = new URL(url);
    proxied.hostname = '127.0.0.1';
    proxied.port = String((this.server.address() as AddressInfo).port);
    return proxied.href;
  }

  /** From now on new connections go to another port of the same host. */
  redirectTo(port: number): void {
    this.port = port;
  }

  /** Drops every connection without notice to either side; new ones are accepted. */
  cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  /**
   * A black hole until `restore`: nothing passes, without an error. Frozen connections
   * stay so; only new ones pass again.
   */
  freeze(): void {
    this.frozen = true;
    for (const socket of this.sockets) socket.unpipe().pause();
  }

  /** Requests reach the server, and its answers are held back until `restore`. */
  hold(): void {
    this.holding = true;
    for (const upstream of this.upstreams.keys()) upstream.unpipe().pause();
  }

  /** The server is gone until `restore`. */
  down(): void {
    this.refusing = true;
    this.cut();
  }

  restore(): void {
    this.refusing = this.frozen = false;
    if (!this.holding) return;
    this.holding = false;
    for (const [upstream, client] of this.upstreams) upstream.pipe(client);
  }

  async close(): Promise<void> {
    this.down();
    this.server.close();
    await once(this.server, 'close');
  }

  private join(client: Socket): void {
    if (this.refusing) {
      client.destroy();
      return;
    }
    if (this.frozen) {
      this.sockets.add(client.on('error', () => undefined));
      return;
    }
    const upstream = connect(this.port, this.host);
    for (const [one, other] of [[client, upstream] as const, [upstream, client] as const]) {
      this.sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        this.sockets.delete(one);
        this.upstreams.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
    this.upstreams.set(upstream, client);
    if (this.holding) upstream.unpipe().pause();
  }
}

import { once } from 'node:events';
import {
  Agent,
  createServer,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from 'node:http';
import { type AddressInfo } from 'node:net';

/** Answers that wait on their way. */
export interface Held {
  /** Resolves when an answer waits. */
  readonly waiting: Promise<void>;
  letGo(): void;
}

interface Hold extends Held {
  readonly chooses: (call: IncomingMessage) => boolean;
  readonly until: Promise<void>;
  readonly arrive: () => void;
}

/**
 * Stands between a caller and an HTTP server, so that a test can hold some of the answers
 * back, and sees what is asked.
 */
export class HttpProxy {
  /** What was asked, in its order. */
  readonly calls: IncomingMessage[] = [];
  /**
   * What came by event streams, piece by piece, each with how
   * many calls there were before.
   */
  readonly streamed: {
    readonly call: IncomingMessage;
    readonly text: string;
    readonly callsBefore: number;
  }[] = [];
  /** What of it is not answered to its end yet. */
  readonly underWay = new Set<IncomingMessage>();
  private readonly agent = new Agent({ keepAlive: true });
  private readonly server: Server;
  private held: Hold | undefined;

  /** What was asked for and is not here. */
  readonly strays: string[] = [];

  private constructor(
    private readonly to: string,
    private readonly pathOf: (path: string) => string | undefined,
  ) {
    this.server = createServer((call, answer) => {
      this.forward(call, answer);
    });
  }

  /**
   * @param pathOf what the server is asked for instead of a path; undefined:
   *   nothing, such a path is not here
   */
  static async to(
    url: string,
    pathOf: (path: string) => string | undefined = (path) => path,
  ): Promise<HttpProxy> {
    const proxy = new HttpProxy(url, pathOf);
    proxy.server.listen(0, '127.0.0.1');
    await once(proxy.server, 'listening');
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /**
   * The server answers what is asked from now on, and the answers to
   * the chosen calls wait here.
   */
  hold(chooses: Hold['chooses']): Held {
    let [letGo, arrive]: (() => void)[] = [];
    const until = new Promise<void>((resolve) => (letGo = resolve));
    const waiting = new Promise<void>((resolve) => (arrive = resolve));
    this.held = { chooses, until, waiting, arrive: () => arrive?.(), letGo: () => letGo?.() };
    return this.held;
  }

  async close(): Promise<void> {
    this.held?.letGo();
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
    this.agent.destroy();
  }

  private forward(call: IncomingMessage, answer: ServerResponse): void {
    const held = this.held?.chooses(call) ? this.held : undefined;
    const { method, headers, url = '' } = call;
    this.calls.push(call);
    this.underWay.add(call);
    answer.once('close', () => {
      this.underWay.delete(call);
    });
    const path = this.pathOf(url);
    if (path === undefined) {
      this.strays.push(url);
      answer.writeHead(404).end();
      return;
    }
    const forwarded = request(
      new URL(path, this.to),
      { method, headers, agent: this.agent },
      (answered) => {
        held?.arrive();
        void Promise.resolve(held?.until).then(() => {
          answered.pipe(answer.writeHead(answered.statusCode ?? 0, answered.headers));
          this.listen(call, answered);
        });
      },
    );
    forwarded.on('error', () => answer.destroy());
    answer.once('close', () => forwarded.destroy());
    call.pipe(forwarded);
  }

  private listen(call: IncomingMessage, answered: IncomingMessage): void {
    if (!answered.headers['content-type']?.startsWith('text/event-stream')) return;
    answered.on('data', (piece) =>
      this.streamed.push({ call, text: String(piece), callsBefore: this.calls.length }),
    );
  }
}

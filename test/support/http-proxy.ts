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

/** Answers that the proxy holds back. */
export interface HeldAnswers {
  /** Resolves when an answer is held. */
  readonly waiting: Promise<void>;
  letGo(): void;
}

interface Hold extends HeldAnswers {
  readonly chooses: (call: IncomingMessage) => boolean;
  readonly until: Promise<void>;
  readonly arrive: () => void;
}

/**
 * A proxy between a client and an HTTP server, in which a test sees the requests, and can
 * hold back some of the answers.
 */
export class HttpProxy {
  /** The requests, in their order. */
  readonly calls: IncomingMessage[] = [];
  /**
   * The chunks of event streams, each with the number of calls before it.
   */
  readonly streamed: {
    readonly call: IncomingMessage;
    readonly text: string;
    readonly callsBefore: number;
  }[] = [];
  /** The requests whose answers are not complete yet. */
  readonly underWay = new Set<IncomingMessage>();
  private readonly agent = new Agent({ keepAlive: true });
  private readonly server: Server;
  private held: Hold | undefined;

  /** Requested paths that are not served here. */
  readonly unknownPaths: string[] = [];

  private constructor(
    private readonly to: string,
    private readonly pathOf: (path: string) => string | undefined,
  ) {
    this.server = createServer((call, answer) => {
      this.forward(call, answer);
    });
  }

  /**
   * @param pathOf the path at the server for a requested one; undefined if it is not
   *   served
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
   * Holds back the answers to the chosen calls from now on; the server has processed
   * them.
   */
  hold(chooses: Hold['chooses']): HeldAnswers {
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
      this.unknownPaths.push(url);
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

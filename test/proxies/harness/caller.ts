import { Agent, fetch as fetchBy } from 'undici';
import { type Answer, send } from '../../support/api.js';
import { EventStream } from '../../support/event-stream.js';
import { type Tokens } from './tokens.js';

let count = 0;
/**
 * An address of this machine that nobody has called from: so no
 * limit of another test is felt.
 */
const newAddress = (): string => {
  count += 1;
  return `127.0.${1 + Math.floor(count / 250)}.${1 + (count % 250)}`;
};

/** People at one address, who reach the system through a proxy. */
export class Caller {
  readonly address = newAddress();
  private readonly agent;

  /** @param certificate that the proxy shows, PEM */
  constructor(
    readonly url: string,
    private readonly tokens: Tokens,
    certificate: string,
  ) {
    this.agent = new Agent({
      localAddress: this.address,
      connect: {
        ca: certificate,
        lookup: (_name, _options, found) => {
          found(null, '127.0.0.1', 4);
        },
      },
    });
  }

  /** As the global `fetch`; accepts compressed answers. */
  private readonly fetch: typeof fetch = ((url: URL, options: object) =>
    fetchBy(url, { ...options, dispatcher: this.agent })) as unknown as typeof fetch;

  async call(
    actor: string | null,
    method: string,
    path: string,
    body?: unknown,
    more: Record<string, string> = {},
  ): Promise<Answer> {
    const headers = {
      ...(actor !== null && { authorization: await this.tokens.authorization(actor) }),
      ...more,
    };
    return send(this.url, { method, path: this.url + path, body, headers }, this.fetch);
  }

  async listen(actor: string, path: string): Promise<EventStream> {
    const headers = { authorization: await this.tokens.authorization(actor) };
    return EventStream.open(this.url + path, headers, this.fetch);
  }

  async isServed(): Promise<boolean> {
    return (await this.call(null, 'GET', '/livez').catch(() => undefined))?.status === 200;
  }

  close(): Promise<void> {
    return this.agent.destroy();
  }
}

import { Pool } from 'undici';
import { agent, type Headers, secret } from './people.js';

export interface ClientOptions<Name extends string> {
  /** Of what is called, for messages. */
  readonly name: Name;
  /** One for each of its gateways, which are called in turns. */
  readonly urls: readonly string[];
  /** What each call carries besides its body. */
  readonly customer: Headers;
  readonly agent: Headers;
  readonly connections: number;
}

/**
 * Calls the public API, over kept-alive connections, with a customer's and an agent's
 * tokens.
 */
export class Client<Name extends string = string> {
  readonly name;
  private readonly pools: readonly Pool[];
  private calls = 0;

  constructor(private readonly options: ClientOptions<Name>) {
    const { name, urls } = options;
    const connections = Math.ceil(options.connections / urls.length);
    this.name = name;
    this.pools = urls.map((url) => new Pool(url, { connections, pipelining: 1 }));
  }

  /** Opens a ticket and gives it to the agent. @returns its id */
  async open(): Promise<string> {
    const { customer, agent: bearer } = this.options;
    const subject = 'Shop is down';
    const opened = await this.call('POST', '/v1/tickets', { subject }, customer, 201);
    const { id } = opened as { id: string };
    await this.call('PATCH', `/v1/tickets/${id}`, { assigneeId: agent }, bearer, 200);
    return id;
  }

  async submit(ticketId: string): Promise<void> {
    await this.call(
      'POST',
      `/v1/tickets/${ticketId}/credentials`,
      secret,
      this.options.customer,
      201,
    );
  }

  async reveal(ticketId: string): Promise<void> {
    const path = `/v1/tickets/${ticketId}/credentials/reveal`;
    const revealed = await this.call('POST', path, {}, this.options.agent, 200);
    const { items } = revealed as { items: (typeof secret)[] };
    // What is quick because it does nothing is not measured.
    if (items.length !== 1 || items[0]?.password !== secret.password)
      throw new Error(`${this.name} did not reveal what was shared`);
  }

  /** The summaries of what was shared under the ticket, as its agent sees them. */
  async list(ticketId: string): Promise<void> {
    const path = `/v1/tickets/${ticketId}/credentials`;
    const page = await this.call('GET', path, undefined, this.options.agent, 200);
    if ((page as { items: unknown[] }).items.length === 0)
      throw new Error(`${this.name} did not list what was shared`);
  }

  async read(ticketId: string): Promise<void> {
    await this.call('GET', `/v1/tickets/${ticketId}`, undefined, this.options.agent, 200);
  }

  async resolve(ticketId: string): Promise<void> {
    await this.call(
      'PATCH',
      `/v1/tickets/${ticketId}`,
      { status: 'resolved' },
      this.options.agent,
      200,
    );
  }

  async close(): Promise<void> {
    await Promise.all(this.pools.map((pool) => pool.close()));
  }

  private get pool(): Pool {
    const [first] = this.pools as [Pool];
    return this.pools[this.calls++ % this.pools.length] ?? first;
  }

  private async call(
    method: 'GET' | 'POST' | 'PATCH',
    path: string,
    body: object | undefined,
    headers: Headers,
    expected: number,
  ): Promise<unknown> {
    const { statusCode, body: answer } = await this.pool.request({
      method,
      path,
      ...(body === undefined
        ? { headers }
        : {
            headers: { 'content-type': 'application/json', ...headers },
            body: JSON.stringify(body),
          }),
    });
    const text = await answer.text();
    if (statusCode !== expected)
      throw new Error(`${this.name}: ${method} ${path} answered ${statusCode}: ${text}`);
    return JSON.parse(text) as unknown;
  }
}

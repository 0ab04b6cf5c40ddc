import { type Answer as AnyAnswer, send } from './api.js';

export interface Answer extends AnyAnswer {
  // What a test expects of it is what it asserts.
  readonly body: Record<string, unknown> & {
    items: Record<string, unknown>[];
    nextCursor: string | null;
  };
}

type Headers = Readonly<Record<string, string>>;

/** Calls the service as one person. */
export class Client {
  constructor(
    private readonly url: string,
    private readonly token: string | undefined,
  ) {}

  /** The same person, at another replica. */
  at(url: string): Client {
    return new Client(url, this.token);
  }

  get(path: string, headers?: Headers): Promise<Answer> {
    return this.send('GET', path, undefined, headers);
  }

  post(path: string, body: unknown, headers?: Headers): Promise<Answer> {
    return this.send('POST', path, JSON.stringify(body), headers);
  }

  patch(path: string, body: unknown, headers?: Headers): Promise<Answer> {
    return this.send('PATCH', path, JSON.stringify(body), headers);
  }

  /** @param body sent as JSON; a string is sent unchanged */
  send(method: string, path: string, body?: unknown, headers: Headers = {}): Promise<Answer> {
    const credentials: Headers =
      this.token === undefined ? {} : { authorization: `Bearer ${this.token}` };
    return send(this.url, { method, path, body, headers: { ...credentials, ...headers } });
  }

  /** The metrics, which anybody may read who reaches them. */
  async metrics(): Promise<string> {
    return (await send(this.url, { method: 'GET', path: '/metrics' })).body as string;
  }

  /** Opens a ticket and returns its id. */
  async open(fields: object = {}): Promise<string> {
    const { status, body } = await this.post('/v1/tickets', { subject: 'Login fails', ...fields });
    if (status !== 201) throw new Error(`no ticket: ${status}`);
    return body.id as string;
  }
}

import { request } from 'undici';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
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

  get(path: string, headers?: Headers): Promise<Answer> {
    return this.send('GET', path, undefined, headers);
  }

  post(path: string, body: unknown, headers?: Headers): Promise<Answer> {
    return this.send('POST', path, JSON.stringify(body), headers);
  }

  patch(path: string, body: unknown, headers?: Headers): Promise<Answer> {
    return this.send('PATCH', path, JSON.stringify(body), headers);
  }

  /** @param body as it is, for what is no JSON */
  async send(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    body?: string,
    headers: Headers = {},
  ): Promise<Answer> {
    const own = {
      ...(this.token !== undefined && { authorization: `Bearer ${this.token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    };
    const answer = await request(`${this.url}${path}`, {
      method,
      headers: { ...own, ...headers },
      body: body ?? null,
    });
    const text = await answer.body.text();
    return { status: answer.statusCode, headers: answer.headers, body: read(text) };
  }

  /** Opens a ticket and returns its id. */
  async open(fields: object = {}): Promise<string> {
    const { status, body } = await this.post('/v1/tickets', { subject: 'Login fails', ...fields });
    if (status !== 201) throw new Error(`no ticket: ${status}`);
    return body.id as string;
  }
}

/** The metrics are text, everything else is JSON. */
const read = (text: string): Answer['body'] =>
  (text.startsWith('{') ? JSON.parse(text) : { text }) as Answer['body'];

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: any;
}

export interface Call {
  readonly method: string;
  readonly path: string;
  /** Sent as JSON; a string is sent unchanged. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** @throws if there is no answer */
export async function send(
  url: string,
  { method, path, body, headers = {}, signal }: Call,
  ask = fetch,
): Promise<Answer> {
  const json: Record<string, string> =
    body === undefined ? {} : { 'content-type': 'application/json' };
  const content =
    body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
  const answer = await ask(new URL(path, url), {
    method,
    headers: { ...json, ...headers },
    ...content,
    ...(signal && { signal }),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: bodyOf(answer, text) };
}

/** A proxy's own errors are not JSON. */
function bodyOf({ headers }: Response, text: string): unknown {
  if (text === '') return undefined;
  return headers.get('content-type')?.includes('json') ? JSON.parse(text) : text;
}

/**
 * People with development tokens. Their role is the first word of their id: `customer-1`.
 */
export class People {
  private readonly tokens = new Map<string, Promise<string>>();

  /** @param url of a gateway */
  constructor(private readonly url: string) {}

  /** The headers that name the caller; none for null. */
  async authorization(actor: string | null): Promise<Record<string, string>> {
    if (actor === null) return {};
    const token = this.tokens.get(actor) ?? this.tokenFor(actor);
    this.tokens.set(actor, token);
    return { authorization: `Bearer ${await token}` };
  }

  private async tokenFor(actor: string): Promise<string> {
    const body = { sub: actor, roles: [actor.split('-')[0]], name: `Name of ${actor}` };
    const answer = await send(this.url, { method: 'POST', path: '/dev/token', body });
    return answer.body.access_token as string;
  }
}

import { type RevealedCredential } from '../../api/client.js';
import { type TokenSource } from '../../api/token.js';
import { type Format } from '../../texts/format.js';
import { elementTexts } from '../../texts/en/element.js';
import { type openContext } from './open-context.js';

/** The parts of a browser that are needed here. Without focus the clipboard refuses. */
export const browser = { isInFront: true, copied: '' };
const clipboard = {
  readText: () => Promise.resolve(browser.copied),
  writeText: (text: string) =>
    browser.isInFront
      ? Promise.resolve(void (browser.copied = text))
      : Promise.reject(new Error('not in front')),
};
const permissions = { query: () => Promise.resolve({ state: 'granted' }) };
const document = Object.assign(new EventTarget(), {
  visibilityState: 'visible',
  hasFocus: () => browser.isInFront,
});
for (const [name, value] of Object.entries({
  window: new EventTarget(),
  document,
  navigator: { clipboard, permissions },
}))
  Object.defineProperty(globalThis, name, { value });

export const item = { id: 'a', number: 1, username: 'u', password: 'p' } as RevealedCredential;
const json = (body: unknown, status = 200) => Response.json(body, { status });
export const refusal = (status: number, code: string) => () => json({ code, detail: '' }, status);
export const ticketOf = (status: string, version: number) => () =>
  json({ id: 'T', status, version });
export const credentialsOf =
  (...items: RevealedCredential[]) =>
  () =>
    json({ items });

/** A ticket that is open in a page, with a revealed credential. */
export class OpenTicket {
  ticket: () => Response | Promise<Response> = ticketOf('open', 1);
  credentials: () => Response = credentialsOf(item);
  receipts: () => Response | Promise<Response> = () => json({ items: [], nextCursor: null });
  /** The body of the newest stream. */
  stream: WritableStreamDefaultWriter<Uint8Array> | undefined;
  readonly emitted: string[] = [];
  /** The path of each request. */
  readonly requested: string[] = [];
  private opened!: ReturnType<typeof openContext>;

  get context(): ReturnType<typeof openContext> {
    return this.opened;
  }

  static async open(token: TokenSource = 'token'): Promise<OpenTicket> {
    const open = new OpenTicket();
    globalThis.fetch = async (request) => open.answerTo(request as Request);
    const { openContext: openNow } = await import('./open-context.js');
    open.opened = openNow(
      { ticketId: 'T', baseUrl: 'https://api.example', token },
      {
        texts: elementTexts,
        format: {} as Format,
        seconds: { reveal: 300, clipboard: 45 },
        announce: () => undefined,
        emit: (name) => void open.emitted.push(name),
      },
    );
    open.context.watch.start();
    await open.context.watch.refresh();
    open.context.reveal.show([item], 300);
    return open;
  }

  send(type: string, data: object = {}): Promise<void> | undefined {
    const text = `event: ${type}\ndata: ${JSON.stringify({ ticketId: 'T', ...data })}\n\n`;
    return this.stream?.write(new TextEncoder().encode(text));
  }

  private answerTo({ url }: Request): Response | Promise<Response> {
    this.requested.push(url.slice('https://api.example'.length));
    if (url.endsWith('/me.json')) return json({ id: 'agent-1', roles: ['agent'] });
    if (url.includes('/v1/streams?')) {
      const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
      this.stream = writable.getWriter();
      return new Response(readable);
    }
    if (url.endsWith('/T')) return this.ticket();
    if (url.includes('/destruction-receipts')) return this.receipts();
    return url.endsWith('/credentials')
      ? this.credentials()
      : json({ items: [], nextCursor: null });
  }
}

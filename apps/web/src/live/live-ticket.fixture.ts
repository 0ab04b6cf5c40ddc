import { type Group } from './group.js';
import { type Connection, LiveTicket } from './live-ticket.js';

/**
 * The little of a browser that is needed here: one without locks, so that a tab has its
 * stream for itself. Sharing is tested in browsers.
 */
const document = Object.assign(new EventTarget(), { visibilityState: 'visible' });
for (const [name, value] of Object.entries({ window: new EventTarget(), document }))
  Object.defineProperty(globalThis, name, { value });

export function see(visibilityState: 'visible' | 'hidden'): void {
  document.visibilityState = visibilityState;
  document.dispatchEvent(new Event('visibilitychange'));
}

/** An answer whose body is written by the test. */
export function openAnswer() {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  const write = (text: string) => writer.write(new TextEncoder().encode(text));
  return {
    response: new Response(readable),
    tell: (type: string, ticketId = 'T') =>
      write(`event: ${type}\ndata: ${JSON.stringify({ ticketId })}\n\n`),
    beat: () => write(': heartbeat\n\n'),
    end: () => writer.close(),
    break: () => void writer.abort(new Error('reset')).catch(() => undefined),
  };
}

/**
 * A ticket that is listened to, by answers that come one after the other;
 * then there are none any more.
 */
export class Listener {
  readonly heard: string[] = [];
  readonly connections: Connection[] = [];
  gaps = 0;
  attempts = 0;
  isShowing = false;
  /** Whether what it looks at gives an answer. */
  isAnswered = true;
  readonly live: LiveTicket;

  constructor(
    answers: (() => Response)[],
    group: () => Promise<Group> = () =>
      Promise.resolve({ name: 'name', isAlone: false, claims: undefined }),
  ) {
    this.live = new LiveTicket({
      ticketId: 'T',
      group,
      open: () => {
        this.attempts += 1;
        const next = answers.shift();
        return next === undefined
          ? Promise.reject(new TypeError('Failed to fetch'))
          : Promise.resolve(next());
      },
      onEvent: ({ type }) => this.heard.push(type),
      onGap: () => {
        this.gaps += 1;
        if (!this.isAnswered) this.live.owe();
      },
      onConnection: (connection) => this.connections.push(connection),
      isShowing: () => this.isShowing,
    });
    this.live.start();
  }
}

import { type SharingGroup } from './group.js';
import { type Connection, LiveTicket } from './live-ticket.js';

/**
 * The parts of a browser that are needed here, without locks, so that a tab has a stream
 * of its own. Sharing is tested in shared-stream.test.ts and in browsers.
 */
const document = Object.assign(new EventTarget(), { visibilityState: 'visible' });
for (const [name, value] of Object.entries({ window: new EventTarget(), document }))
  Object.defineProperty(globalThis, name, { value });

export function setVisibility(visibilityState: 'visible' | 'hidden'): void {
  document.visibilityState = visibilityState;
  document.dispatchEvent(new Event('visibilitychange'));
}

/** A response whose body the test writes. */
export function openAnswer() {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  const write = (text: string) => writer.write(new TextEncoder().encode(text));
  return {
    response: new Response(readable),
    send: (type: string, ticketId = 'T') =>
      write(`event: ${type}\ndata: ${JSON.stringify({ ticketId })}\n\n`),
    sendHeartbeat: () => write(': heartbeat\n\n'),
    end: () => writer.close(),
    break: () => void writer.abort(new Error('reset')).catch(() => undefined),
  };
}

/** Listens to a ticket: each attempt gets the next of `answers`, later ones fail. */
export class TicketListener {
  readonly events: string[] = [];
  readonly connections: Connection[] = [];
  polls = 0;
  attempts = 0;
  isSecretShown = false;
  pollSucceeds = true;
  readonly live: LiveTicket;

  constructor(
    answers: (() => Response)[],
    group: () => Promise<SharingGroup> = () =>
      Promise.resolve({ name: 'name', isUnknown: false, claims: undefined }),
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
      onEvent: ({ type }) => this.events.push(type),
      refetch: () => {
        this.polls += 1;
        if (!this.pollSucceeds) this.live.repeatPoll();
      },
      onConnection: (connection) => this.connections.push(connection),
      isSecretShown: () => this.isSecretShown,
    });
    this.live.start();
  }
}

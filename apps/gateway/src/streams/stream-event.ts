import { InvalidEventError, isObject, parseCloudEvent } from '#contracts';

/** One event of a stream (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
export interface StreamEvent {
  readonly type: string;
  readonly id?: string;
  readonly data: object;
}

const passedOn = new Set([
  'credential.submitted',
  'credential.revealed',
  'credential.edited',
  'credential.requested',
  'credentials.destroyed',
]);
const aboutTicket = /^ticket\./;

/** @returns what a stream of the ticket says of a message from `ticket.news` or `credential.events`; undefined where it says nothing */
export function toStreamEvent(body: Buffer): { readonly ticketId: string; readonly event: StreamEvent } | undefined {
  try {
    const { id, type, subject, data } = parseCloudEvent(JSON.parse(body.toString('utf8')));
    const name = aboutTicket.test(type) ? 'ticket' : passedOn.has(type) ? type : undefined;
    return name === undefined || !isObject(data) ? undefined : { ticketId: subject, event: { type: name, id, data } };
  } catch (error) {
    // A stream is no place to keep or report what cannot be read: the consumers that must not miss it do.
    if (error instanceof InvalidEventError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** As it goes over the wire. JSON has no line breaks of its own. */
export const written = ({ type, id, data }: StreamEvent): string =>
  `event: ${type}\n${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`;

/** A comment, which clients ignore; it keeps whatever stands between from closing a silent connection. */
export const heartbeat = ': heartbeat\n\n';

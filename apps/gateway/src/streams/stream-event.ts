import { InvalidEventError, isObject, parseCloudEvent } from '#contracts';

/**
 * One event of a stream (https://html.spec.whatwg.org/multipage/server-sent-events.html).
 */
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

/** An event for the streams of a ticket. */
export interface TicketNews {
  readonly ticketId: string;
  readonly event: StreamEvent;
}

/**
 * @returns the news in a message from `ticket.news` or `credential.events`;
 *   undefined if there is none
 */
export function toNews(body: Buffer): TicketNews | undefined {
  try {
    const { id, type, subject, data } = parseCloudEvent(JSON.parse(body.toString('utf8')));
    const name = aboutTicket.test(type) ? 'ticket' : passedOn.has(type) ? type : undefined;
    return name === undefined || !isObject(data)
      ? undefined
      : { ticketId: subject, event: { type: name, id, data } };
  } catch (error) {
    // Unreadable messages are ignored: the consumers that must not miss
    // them keep and report them.
    if (error instanceof InvalidEventError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** As it goes over the wire. JSON has no line breaks of its own. */
export const serialize = ({ type, id, data }: StreamEvent): string =>
  `event: ${type}\n${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`;

/**
 * A comment, which clients ignore; it keeps whatever stands between from
 * closing a silent connection.
 */
export const heartbeat = ': heartbeat\n\n';

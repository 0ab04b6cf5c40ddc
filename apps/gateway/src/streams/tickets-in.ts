import { Matches } from 'class-validator';
import { ticketIdPattern } from '#contracts';
import { parseQuery } from '#http-server';

/** Tickets that one stream may be about. */
export const maxTickets = 30;

const id = ticketIdPattern.source.slice(1, -1);
/** Ids with commas between them. */
export const ticketsPattern = new RegExp(`^${id}(,${id}){0,${maxTickets - 1}}$`);

class StreamsQuery {
  @Matches(ticketsPattern, {
    message: `must be 1 to ${maxTickets} ids of tickets with commas between them`,
  })
  tickets!: string;
}

/**
 * The tickets that a stream is asked for, each once.
 * @throws Problem `invalid`
 */
export const ticketsIn = (query: unknown): readonly string[] => [
  ...new Set(parseQuery(StreamsQuery, query).tickets.split(',')),
];

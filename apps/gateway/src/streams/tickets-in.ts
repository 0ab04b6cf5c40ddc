import { ticketIdPattern } from '#contracts';
import { type FieldFault, Problem, unknownField } from '#problem';

/** Tickets that one stream may be about. */
export const maxTickets = 30;

const id = ticketIdPattern.source.slice(1, -1);
/** Ids with commas between them. */
export const ticketsPattern = new RegExp(`^${id}(,${id}){0,${maxTickets - 1}}$`);

/**
 * The tickets that a stream is asked for, each once. Read without class-validator, which
 * the gateway would load for this one parameter.
 * @param query of the request
 * @throws Problem `invalid`
 */
export function ticketsIn(query: object): readonly string[] {
  const { tickets, ...others } = query as { readonly tickets?: unknown };
  const errors = Object.keys(others).map((name) => unknownField(name, ''));
  if (typeof tickets === 'string' && ticketsPattern.test(tickets) && errors.length === 0)
    return [...new Set(tickets.split(','))];
  throw new Problem('invalid', undefined, {
    errors: [...faultsOf(tickets), ...errors.slice(0, 19)],
  });
}

const faultsOf = (tickets: unknown): readonly FieldFault[] =>
  typeof tickets === 'string' && ticketsPattern.test(tickets)
    ? []
    : [
        {
          pointer: 'tickets',
          code: tickets === undefined ? 'required' : 'invalid',
          detail: `must be 1 to ${maxTickets} ids of tickets with commas between them`,
        },
      ];

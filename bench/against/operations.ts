import { setTimeout as sleep } from 'node:timers/promises';
import { drive } from '../measure/drive.js';
import { inTurns } from '../measure/in-turns.js';
import { leaseMs } from '../plan.js';
import { type Side } from './side.js';
import { type RoundTickets } from './tickets.js';

export interface Operation {
  readonly name: string;
  /** Done on each side before it is measured on both. */
  readonly prepare?: (side: Side, tickets: RoundTickets) => Promise<void>;
  /** To which tickets it is done, one after the other. */
  readonly select: (tickets: RoundTickets, inFlight: number) => readonly string[];
  readonly run: (side: Side, ticketId: string) => Promise<void>;
}

/** Few enough to be asked about seldom, many enough not to wait for one another. */
const few = 32;

const each = (tickets: RoundTickets, inFlight: number): readonly string[] =>
  tickets.own.get(inFlight) ?? [];
const remembered = (tickets: RoundTickets): readonly string[] => tickets.all.slice(0, few);

export const firstSubmit: Operation = {
  name: 'submit, first',
  select: each,
  run: ({ client }, ticketId) => client.submit(ticketId),
};

/** The story of a credential, in the order in which the tickets of a round live it. */
export const operations: readonly Operation[] = [
  firstSubmit,
  {
    name: 'submit, again',
    select: (tickets, inFlight) => inTurns(tickets.stocked, each(tickets, inFlight).length),
    run: ({ client }, ticketId) => client.submit(ticketId),
  },
  {
    name: 'reveal, asked',
    prepare: () => sleep(leaseMs),
    select: each,
    run: ({ client }, ticketId) => client.reveal(ticketId),
  },
  {
    name: 'reveal, remembered',
    prepare: async ({ client }, tickets) => {
      await drive(remembered(tickets), 1, (ticketId) => client.reveal(ticketId));
    },
    select: (tickets, inFlight) => inTurns(remembered(tickets), 2 * each(tickets, inFlight).length),
    run: ({ client }, ticketId) => client.reveal(ticketId),
  },
  {
    name: 'list',
    prepare: () => sleep(leaseMs),
    select: each,
    run: ({ client }, ticketId) => client.list(ticketId),
  },
  {
    name: 'read a ticket',
    select: (tickets, inFlight) => inTurns(tickets.all, 2 * each(tickets, inFlight).length),
    run: ({ client }, ticketId) => client.read(ticketId),
  },
  {
    name: 'resolve → rows gone',
    select: each,
    run: async ({ client, rows }, ticketId) => {
      await client.resolve(ticketId);
      await rows.gone(ticketId);
    },
  },
];

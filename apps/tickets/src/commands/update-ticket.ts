import { Batcher, type Outcome } from '#batching';
import { exchanges } from '#contracts';
import { appending, traceHeaders } from '#outbox';
import { isDatabaseUnavailable, type PipelinedTransactions } from '#postgres';
import { type StoredTicket } from '../domain/ticket.js';
import {
  changedTickets,
  type IfLocked,
  lockedTickets,
  presentTime,
} from '../persistence/changed-tickets.js';
import { toTicket } from '../persistence/ticket-mapping.js';
import { type ChangeCommand, TicketChanges, type UpdateTicketInput } from './ticket-changes.js';

/**
 * Changes that arrive together, in one transaction of two round trips: it locks the
 * tickets and reads the time; then it is decided; then the tickets and all events are
 * written and committed.
 */
export class UpdateTicket {
  private readonly batches = new Batcher<ChangeCommand, StoredTicket>({
    laneOf: ({ ticketId }) => ticketId,
    together: (commands) => this.perform(commands, 'skip', decideUnlessHeld),
    alone: (commands) => this.perform(commands, 'wait', decide),
    isFinal: isDatabaseUnavailable,
  });

  constructor(private readonly transactions: PipelinedTransactions) {}

  /**
   * Judged by the ticket as it is under the lock.
   * @throws Problem `not-found`, `forbidden`, `invalid`, `stale`, `owned-by-home`,
   *   `closed-is-final`
   */
  execute(input: UpdateTicketInput): Promise<StoredTicket> {
    return this.batches.add({ ...input, headers: traceHeaders() });
  }

  private perform<Decision>(
    commands: readonly ChangeCommand[],
    ifLocked: IfLocked,
    decideOne: (changes: TicketChanges, command: ChangeCommand) => Decision,
  ): Promise<Decision[]> {
    const ids = [...new Set(commands.map(({ ticketId }) => ticketId))];
    return this.transactions.run(async (tx) => {
      const [locked, [present]] = await tx.all([lockedTickets(ids, ifLocked), presentTime()]);
      const { now } = present as { now: Date };
      const changes = new TicketChanges(locked.map(toTicket), now);
      const decisions = commands.map((command) => decideOne(changes, command));
      if (changes.events.length > 0)
        await tx.commit([
          changedTickets(changes.changed),
          appending(exchanges.ticket, changes.events),
        ]);
      return decisions;
    });
  }
}

/** What somebody else holds, a batch would have to wait for. */
const decideUnlessHeld = (
  changes: TicketChanges,
  command: ChangeCommand,
): Outcome<StoredTicket> | 'apart' =>
  changes.has(command.ticketId) ? decide(changes, command) : 'apart';

function decide(changes: TicketChanges, command: ChangeCommand): Outcome<StoredTicket> {
  try {
    return { done: changes.decide(command) };
  } catch (error) {
    return { failed: error };
  }
}

import { Batcher, type Outcome } from '#batching';
import { exchanges } from '#contracts';
import { appending, traceHeaders } from '#outbox';
import { isDatabaseUnavailable, type LockWait, type PipelinedTransactions } from '#postgres';
import { type StoredTicket } from '../domain/ticket.js';
import { changedTickets, lockedTickets, presentTime } from '../persistence/changed-tickets.js';
import { toTicket } from '../persistence/ticket-mapping.js';
import { type ChangeCommand, TicketChanges, type UpdateTicketInput } from './ticket-changes.js';

/**
 * Performs the changes of a batch in one transaction of two round trips. The first locks
 * the tickets and reads the time. Then the changes are decided. The second trip writes
 * the tickets and all events, and commits.
 */
export class UpdateTicket {
  private readonly batcher = new Batcher<ChangeCommand, StoredTicket>({
    laneOf: ({ ticketId }) => ticketId,
    runBatch: (commands) => this.perform(commands, 'skip', decideUnlessLocked),
    runLane: (commands) => this.perform(commands, 'wait', decide),
    isFinal: isDatabaseUnavailable,
  });

  constructor(private readonly transactions: PipelinedTransactions) {}

  /**
   * Judged by the ticket as it is under the lock.
   * @throws Problem `not-found`, `forbidden`, `invalid`, `stale`, `owned-by-home`,
   *   `closed-is-final`
   */
  execute(input: UpdateTicketInput): Promise<StoredTicket> {
    return this.batcher.add({ ...input, headers: traceHeaders() });
  }

  private perform<Decision>(
    commands: readonly ChangeCommand[],
    lockWait: LockWait,
    decideOne: (changes: TicketChanges, command: ChangeCommand) => Decision,
  ): Promise<Decision[]> {
    const ids = [...new Set(commands.map(({ ticketId }) => ticketId))];
    return this.transactions.run(async (tx) => {
      const [locked, [present]] = await tx.all([lockedTickets(ids, lockWait), presentTime()]);
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

/** A ticket that is missing here is locked by another transaction, or unknown. */
const decideUnlessLocked = (
  changes: TicketChanges,
  command: ChangeCommand,
): Outcome<StoredTicket> | 'deferred' =>
  changes.has(command.ticketId) ? decide(changes, command) : 'deferred';

function decide(changes: TicketChanges, command: ChangeCommand): Outcome<StoredTicket> {
  try {
    return { done: changes.decide(command) };
  } catch (error) {
    return { failed: error };
  }
}

import { exchanges, type Standing, type TicketEvent } from '#contracts';
import { appending, traceHeaders } from '#outbox';
import {
  type LockWait,
  type PipelinedTransaction,
  type PipelinedTransactions,
  type Statement,
} from '#postgres';
import { growing, lockedHeads, loggedAssignments } from '../persistence/access-log.js';
import { batchTime } from '../persistence/batch-time.js';
import { deleting, endingGates, storedUnder } from '../persistence/ends.js';
import { advancingGates, lockedGates, shortLockTimeout } from '../persistence/gates.js';
import { recording } from '../persistence/receipts.js';
import { ticketFacts } from '../persistence/ticket-facts.js';
import { type Cause } from './apply-standing.js';
import {
  type AppliedReport,
  type ApplyCommand,
  ApplyDecisions,
  type ApplyFacts,
} from './apply-decisions.js';
import { batcherOf, chainsOf, type Decision, ticketsOf } from './batches.js';

/**
 * Applies what `tickets` says, by events and by answers, to the gates, in one transaction
 * of two round trips for each batch. The gates are locked first, in a statement of their
 * own at READ COMMITTED: in one statement with the rest, or under a snapshot, a submit
 * that commits meanwhile would survive. Merging takes the maximum, so repeated and
 * reordered reports are harmless.
 */
export class ApplyBatch {
  private readonly batcher = batcherOf((commands: readonly ApplyCommand[], lockWait) =>
    this.perform(commands, lockWait),
  );

  constructor(private readonly transactions: PipelinedTransactions) {}

  event(event: TicketEvent): Promise<AppliedReport> {
    const { ticketId } = event.data;
    return this.batcher.add({ ticketId, event, headers: traceHeaders() });
  }

  answer(standing: Standing, cause: Cause): Promise<AppliedReport> {
    const { ticketId } = standing;
    return this.batcher.add({ ticketId, standing, cause, headers: traceHeaders() });
  }

  private perform(
    commands: readonly ApplyCommand[],
    lockWait: LockWait,
  ): Promise<Decision<AppliedReport>[]> {
    return this.transactions.run(async (tx) => {
      if (lockWait === 'wait') await tx.all([shortLockTimeout]);
      const decisions = new ApplyDecisions(await read(tx, commands, lockWait));
      const decided = commands.map((command) => decisions.decide(command));
      const writes = writesOf(decisions);
      if (writes.length > 0) await tx.commit(writes);
      return decided;
    });
  }
}

/** Locks and reads, always in this order, so that no two batches can deadlock. */
async function read(
  tx: PipelinedTransaction,
  commands: readonly ApplyCommand[],
  lockWait: LockWait,
): Promise<ApplyFacts> {
  const tickets = ticketsOf(commands);
  const assigned = commands.flatMap((command) =>
    'event' in command && command.event.type === 'ticket.assigned' ? [command.event] : [],
  );
  const [gates, heads, facts, stored, [clock], logged = []] = await tx.all([
    lockedGates(tickets, lockWait),
    lockedHeads(tickets, lockWait),
    ticketFacts(tickets),
    storedUnder(tickets),
    batchTime(lockWait),
    ...(assigned.length > 0 ? ([loggedAssignments(assigned)] as const) : ([] as const)),
  ]);
  const { at } = clock as { at: Date };
  const known = new Map(facts.map((ticket) => [ticket.ticketId, ticket]));
  return {
    gates: new Map(gates.map((gate) => [gate.ticketId, gate])),
    chains: chainsOf(tickets, heads, at, (id) => known.get(id)?.isLogged === false),
    tickets: known,
    stored,
    logged: logged.map(({ eventId }) => eventId),
  };
}

/** The rows before the gates: a gate with credentials cannot leave its phase. */
function writesOf(decisions: ApplyDecisions): Statement[] {
  const { toDestroy, chains, receipts, events, moves, ends } = decisions;
  return [
    ...(toDestroy.length > 0 ? [deleting(toDestroy)] : []),
    ...growing(chains.values()),
    ...(receipts.length > 0 ? [recording(receipts)] : []),
    ...(events.length > 0 ? [appending(exchanges.credential, events)] : []),
    ...(moves.length > 0 ? [advancingGates(moves)] : []),
    ...(ends.length > 0 ? [endingGates(ends)] : []),
  ];
}

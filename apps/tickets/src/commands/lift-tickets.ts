import { type DataSource } from 'typeorm';
import { type GateRecord } from '#contracts';
import { UnitOfWork } from '#postgres';
import { isUpToDate, type Lift, lift, type Source } from '../domain/lift.js';
import { type Ticket } from '../domain/ticket.js';
import { lockTicket, readPhases } from '../persistence/tickets.js';
import { recordChange } from './record-change.js';

/**
 * The result for a gate that its ticket is behind. `lost`: the restored
 * database does not know the ticket.
 */
export interface Lifted {
  readonly gate: GateRecord;
  /** The ticket before; undefined if it is lost. */
  readonly ticket: Ticket | undefined;
  readonly lift: Lift | 'lost';
}

export interface Restore {
  /**
   * When the restored database was first used, or earlier, by its clock; or
   * what a person has decided.
   */
  readonly trust: Date | Source;
  /** If false, reports what would be done. */
  readonly commit: boolean;
}

const batch = 500;

/**
 * Lifts the tickets of all gates that are ahead of them, after a restore. The service
 * may be running: each ticket is lifted under its lock, and an event is published as for
 * any other change. A lost ticket is not recreated, since its content is unknown; an
 * operator destroys its credentials.
 * @returns what was done for each that was behind
 */
export async function* liftTickets(
  database: DataSource,
  gates: AsyncIterable<GateRecord>,
  restore: Restore,
): AsyncGenerator<Lifted> {
  const unitOfWork = new UnitOfWork(database);
  for (const gate of await gatesAhead(database, gates))
    yield await liftTicket(unitOfWork, gate, restore);
}

/**
 * All gates are read before the first ticket is lifted, since only the last line tells
 * whether the file is complete.
 */
async function gatesAhead(
  database: DataSource,
  gates: AsyncIterable<GateRecord>,
): Promise<GateRecord[]> {
  const ahead: GateRecord[] = [];
  for await (const some of inBatches(gates)) {
    const ids = some.map(({ ticketId }) => ticketId);
    const phases = await readPhases(database, ids);
    for (const gate of some) {
      const ticket = phases.get(gate.ticketId);
      if (ticket === undefined || !isUpToDate(ticket, gate)) ahead.push(gate);
    }
  }
  return ahead;
}

const liftTicket = (
  unitOfWork: UnitOfWork,
  gate: GateRecord,
  { trust, commit }: Restore,
): Promise<Lifted> =>
  unitOfWork.run(async (tx) => {
    const ticket = await lockTicket(tx, gate.ticketId);
    if (ticket === undefined) return { gate, ticket, lift: 'lost' };
    const lifted = lift(ticket, gate, trust);
    if (commit && typeof lifted !== 'string') await recordChange(tx, lifted, undefined);
    return { gate, ticket, lift: lifted };
  });

async function* inBatches(gates: AsyncIterable<GateRecord>): AsyncGenerator<GateRecord[]> {
  let some: GateRecord[] = [];
  for await (const gate of gates) {
    some.push(gate);
    if (some.length < batch) continue;
    yield some;
    some = [];
  }
  if (some.length > 0) yield some;
}

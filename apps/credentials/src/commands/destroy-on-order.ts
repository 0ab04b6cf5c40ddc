import { type DestructionReason } from '#contracts';
import { type Sql } from '#postgres';
import { type DeletionScope } from '../persistence/destruction.js';
import { lockGate, setLockTimeout } from '../persistence/gates.js';
import { destroy } from './destroy.js';

/** Who ordered it, and in which run of the command. */
export interface Order {
  readonly operator: string;
  readonly id: string;
}

interface Ordered {
  readonly ticketId: string;
  readonly credentials: DeletionScope;
  readonly reason: DestructionReason;
}

/**
 * Destroys in the caller's transaction what an operator has named, whatever `tickets`
 * answers, with receipt, log entry and event.
 * @returns the ids of the destroyed credentials; undefined if the ticket never had one
 * @throws if another transaction holds the gate for more than two seconds (55P03)
 */
export async function destroyOnOrder(
  tx: Sql,
  { operator, id }: Order,
  { ticketId, credentials, reason }: Ordered,
): Promise<string[] | undefined> {
  await setLockTimeout(tx);
  const gate = await lockGate(tx, ticketId);
  if (gate === undefined) return undefined;
  return destroy(tx, {
    ticketId,
    credentials,
    phase: gate.phase,
    reason,
    triggerId: id,
    actor: { actorId: operator, actorRole: 'operator', requestId: id },
  });
}

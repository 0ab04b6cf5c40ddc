import { v7 as uuidv7 } from 'uuid';
import { type DestructionReason } from '#contracts';
import { rows, type Sql } from '#postgres';
import { type LockedHead } from '../audit/access-log.js';
import { type ReceiptFacts } from '../receipts/receipt-statement.js';
import { type DestroyedCredential } from './destruction.js';

/**
 * The facts of one destruction; signed later, since destruction never waits for a signer.
 */
export interface DestructionFacts {
  readonly ticketId: string;
  readonly reason: DestructionReason;
  readonly phase: number;
  /** The id of the event or request that caused it. */
  readonly triggerId: string | null;
  readonly destroyed: readonly DestroyedCredential[];
  readonly head: LockedHead;
}

/** @returns the receipt's id */
export async function insertReceipt(
  tx: Sql,
  { ticketId, reason, phase, triggerId, destroyed, head }: DestructionFacts,
): Promise<string> {
  const id = uuidv7();
  const credentialIds = destroyed.map((credential) => credential.id);
  const kekIds = [...new Set(destroyed.map((credential) => credential.kekId))];
  await tx.query(
    `INSERT INTO destruction_receipt (
       ticket_id, id, destroyed_at, reason, phase, trigger_id,
       credential_ids, kek_ids, chain_seq, chain_hash
     )
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [ticketId, id, head.at, reason, phase, triggerId, credentialIds, kekIds, head.seq, head.hash],
  );
  return id;
}

/**
 * The oldest receipts without a signature that no other signer holds, locked
 * until the transaction ends.
 */
export const takeUnsigned = (tx: Sql, limit: number): Promise<ReceiptFacts[]> =>
  rows<ReceiptFacts>(
    tx,
    `SELECT ticket_id AS "ticketId", id, destroyed_at AS "destroyedAt", reason, phase,
       trigger_id AS "triggerId", credential_ids AS "credentialIds", kek_ids AS "kekIds",
       chain_seq AS "chainSeq", chain_hash AS "chainHash"
     FROM destruction_receipt
     WHERE jws IS NULL
     ORDER BY destroyed_at
     LIMIT $1
     FOR UPDATE SKIP LOCKED`,
    [limit],
  );

export async function storeSignature(
  tx: Sql,
  ticketId: string,
  id: string,
  jws: string,
): Promise<void> {
  await tx.query('UPDATE destruction_receipt SET jws = $3 WHERE ticket_id = $1 AND id = $2', [
    ticketId,
    id,
    jws,
  ]);
}

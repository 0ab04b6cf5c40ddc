import { v7 as uuidv7 } from 'uuid';
import { type DestructionReason } from '#contracts';
import { type PagePosition } from '#paging';
import { hex, rows, type Sql, type Statement, statement } from '#postgres';
import { type LockedHead } from '../domain/access-chain.js';
import { type DestroyedCredential } from './destruction.js';

/**
 * The facts of one destruction; signed later, since destruction never waits for a signer.
 */
interface DestructionFacts {
  readonly ticketId: string;
  readonly reason: DestructionReason;
  readonly phase: number;
  /** The id of the event or request that caused it. */
  readonly triggerId: string | null;
  readonly destroyed: readonly DestroyedCredential[];
  readonly head: LockedHead;
}

/** A receipt that is to be stored. */
export interface NewReceipt extends DestructionFacts {
  readonly id: string;
}

export const receiptOf = (facts: DestructionFacts): NewReceipt => ({ id: uuidv7(), ...facts });

export const recording = (receipts: readonly NewReceipt[]): Statement =>
  statement(
    `INSERT INTO destruction_receipt (
       ticket_id, id, destroyed_at, reason, phase, trigger_id,
       credential_ids, kek_ids, chain_seq, chain_hash
     )
     SELECT *
     FROM json_to_recordset($1::json) AS receipt (
       ticket_id text, id uuid, destroyed_at timestamptz, reason text, phase int,
       trigger_id text, credential_ids uuid[], kek_ids uuid[], chain_seq int, chain_hash bytea
     )`,
    [JSON.stringify(receipts.map(toRow))],
  );

const toRow = ({ id, ticketId, reason, phase, triggerId, destroyed, head }: NewReceipt) => ({
  ticket_id: ticketId,
  id,
  destroyed_at: head.at,
  reason,
  phase,
  trigger_id: triggerId,
  credential_ids: destroyed.map((credential) => credential.id),
  kek_ids: [...new Set(destroyed.map((credential) => credential.kekId))],
  chain_seq: head.seq,
  chain_hash: hex(head.hash),
});

/** The stored facts of one destruction. */
export interface ReceiptFacts {
  readonly ticketId: string;
  readonly id: string;
  readonly destroyedAt: Date;
  readonly reason: DestructionReason;
  readonly phase: number;
  readonly triggerId: string | null;
  readonly credentialIds: readonly string[];
  readonly kekIds: readonly string[];
  readonly chainSeq: number;
  readonly chainHash: Buffer;
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

/** A receipt's signed statement, as a compact JWS. */
export interface SignedReceipt extends Pick<ReceiptFacts, 'ticketId' | 'id'> {
  readonly jws: string;
}

/** Stores the signatures of receipts of {@link takeUnsigned}. */
export async function storeSignatures(tx: Sql, signed: readonly SignedReceipt[]): Promise<void> {
  await tx.query(
    `UPDATE destruction_receipt receipt
     SET jws = signed.jws
     FROM unnest($1::text[], $2::uuid[], $3::text[]) AS signed (ticket_id, id, jws)
     WHERE receipt.ticket_id = signed.ticket_id
       AND receipt.id = signed.id`,
    [
      signed.map(({ ticketId }) => ticketId),
      signed.map(({ id }) => id),
      signed.map(({ jws }) => jws),
    ],
  );
}

/** A receipt for a reader. */
export interface ReceiptRow extends Pick<
  ReceiptFacts,
  'id' | 'destroyedAt' | 'reason' | 'credentialIds'
> {
  /** Null until it is signed. */
  readonly jws: string | null;
}

/**
 * Newest first.
 * @param before where the last one already seen stands
 */
export const listReceipts = (
  sql: Sql,
  ticketId: string,
  before: PagePosition | undefined,
  limit: number,
): Promise<ReceiptRow[]> =>
  rows<ReceiptRow>(
    sql,
    `SELECT id, destroyed_at AS "destroyedAt", reason, credential_ids AS "credentialIds", jws
     FROM destruction_receipt
     WHERE ticket_id = $1
       AND ($2::timestamptz IS NULL OR (destroyed_at, id) < ($2, $3::uuid))
     ORDER BY destroyed_at DESC, id DESC
     LIMIT $4`,
    [ticketId, before?.time ?? null, before?.id ?? null, limit],
  );

import { type DestructionReason, type DestructionReceiptResponse } from '#contracts';
import { rows, type Sql } from '#postgres';

interface ReceiptRow {
  readonly id: string;
  readonly destroyedAt: Date;
  readonly reason: DestructionReason;
  readonly credentialIds: string[];
  readonly jws: string | null;
}

/** What was destroyed under a ticket, oldest first. */
export async function listReceipts(sql: Sql, ticketId: string): Promise<DestructionReceiptResponse[]> {
  const found = await rows<ReceiptRow>(
    sql,
    `SELECT id, destroyed_at AS "destroyedAt", reason, credential_ids AS "credentialIds", jws FROM destruction_receipt WHERE ticket_id = $1 ORDER BY id`,
    [ticketId],
  );
  return found.map(({ id, destroyedAt, reason, credentialIds, jws }) => ({
    id,
    destroyedAt: destroyedAt.toISOString(),
    reason,
    credentialIds,
    jws,
  }));
}

import { type DestructionReason, type DestructionReceiptResponse } from '#contracts';
import { type PageParameters } from '#http-server';
import { decodeCursor, type Page, readLimit, toPage } from '#paging';
import { rows, type Sql } from '#postgres';

interface ReceiptRow {
  readonly id: string;
  readonly destroyedAt: Date;
  readonly reason: DestructionReason;
  readonly credentialIds: string[];
  readonly jws: string | null;
}

/** What was destroyed under a ticket, newest first: that is what somebody looks for, and what is yet to be signed. */
export async function listReceipts(
  sql: Sql,
  ticketId: string,
  { limit, cursor }: PageParameters,
): Promise<Page<DestructionReceiptResponse>> {
  const most = readLimit(limit);
  const before = decodeCursor(cursor, ['uuid'])?.[0] ?? null;
  // Ids are UUIDv7, so they sort by time.
  const found = await rows<ReceiptRow>(
    sql,
    `SELECT id, destroyed_at AS "destroyedAt", reason, credential_ids AS "credentialIds", jws FROM destruction_receipt
      WHERE ticket_id = $1 AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
    [ticketId, before, most + 1],
  );
  return toPage(found, most, ({ id }) => [id], toReceipt);
}

const toReceipt = ({ id, destroyedAt, reason, credentialIds, jws }: ReceiptRow): DestructionReceiptResponse => ({
  id,
  destroyedAt: destroyedAt.toISOString(),
  reason,
  credentialIds,
  jws,
});

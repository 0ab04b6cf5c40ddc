import { type DestructionReason, type DestructionReceiptResponse } from '#contracts';
import { type PageParameters } from '#http-server';
import { decodePosition, type Page, readLimit, toPage } from '#paging';
import { rows, type Sql } from '#postgres';

interface ReceiptRow {
  readonly id: string;
  readonly destroyedAt: Date;
  readonly reason: DestructionReason;
  readonly credentialIds: string[];
  readonly jws: string | null;
}

/**
 * What was destroyed under a ticket, newest first: that is what somebody looks for,
 * and what is yet to be signed.
 */
export async function listReceipts(
  sql: Sql,
  ticketId: string,
  { limit, cursor }: PageParameters,
): Promise<Page<DestructionReceiptResponse>> {
  const most = readLimit(limit);
  const before = decodePosition(cursor, 'uuid');
  const found = await rows<ReceiptRow>(
    sql,
    `SELECT id, destroyed_at AS "destroyedAt", reason, credential_ids AS "credentialIds", jws
     FROM destruction_receipt
     WHERE ticket_id = $1
       AND ($2::timestamptz IS NULL OR (destroyed_at, id) < ($2, $3::uuid))
     ORDER BY destroyed_at DESC, id DESC
     LIMIT $4`,
    [ticketId, before?.time ?? null, before?.id ?? null, most + 1],
  );
  return toPage(found, most, ({ destroyedAt, id }) => [destroyedAt.getTime(), id], toReceipt);
}

const toReceipt = ({
  id,
  destroyedAt,
  reason,
  credentialIds,
  jws,
}: ReceiptRow): DestructionReceiptResponse => ({
  id,
  destroyedAt: destroyedAt.toISOString(),
  reason,
  credentialIds,
  jws,
});

import { type DestructionReceiptResponse } from '#contracts';
import { decodePosition, type Page, readLimit, toPage } from '#paging';
import { type Sql } from '#postgres';
import { type PageParameters } from '#requests';
import { listReceipts, type ReceiptRow } from '../persistence/receipts.js';

/** What was destroyed under a ticket. */
export class DestructionReceipts {
  constructor(private readonly sql: Sql) {}

  /** Newest first: those are usually wanted, and those may not be signed yet. */
  async list(
    ticketId: string,
    { limit, cursor }: PageParameters,
  ): Promise<Page<DestructionReceiptResponse>> {
    const most = readLimit(limit);
    const before = decodePosition(cursor, 'uuid');
    const found = await listReceipts(this.sql, ticketId, before, most + 1);
    return toPage(found, most, ({ destroyedAt, id }) => [destroyedAt.getTime(), id], toReceipt);
  }
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

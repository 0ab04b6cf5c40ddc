import { type AccessLogEntryResponse } from '#contracts';
import { decodeCursor, type Page, readLimit, toPage } from '#paging';
import { type Sql } from '#postgres';
import { type PageParameters } from '#requests';
import { type EntryRow, listEntries } from '../persistence/access-log.js';

/** Who did what under a ticket. */
export class AccessLog {
  constructor(private readonly sql: Sql) {}

  /**
   * Newest first.
   * @param withAddresses network addresses are for admins only
   */
  async list(
    ticketId: string,
    { limit, cursor }: PageParameters,
    withAddresses: boolean,
  ): Promise<Page<AccessLogEntryResponse>> {
    const most = readLimit(limit);
    const before = decodeCursor(cursor, ['integer'])?.[0] ?? null;
    const found = await listEntries(this.sql, ticketId, before, most + 1);
    return toPage(
      found,
      most,
      ({ seq }) => [seq],
      (row) => toEntry(row, withAddresses),
    );
  }
}

function toEntry(row: EntryRow, withAddress: boolean): AccessLogEntryResponse {
  const {
    seq,
    at,
    actorId,
    actorName,
    actorRole,
    action,
    credentialId,
    outcome,
    reason,
    requestId,
    address,
  } = row;
  const name = actorName === null ? {} : { actorName };
  const place = withAddress ? { address } : {};
  return {
    seq,
    at: at.toISOString(),
    actorId,
    ...name,
    actorRole,
    action,
    credentialId,
    outcome,
    reason,
    requestId,
    ...place,
  };
}

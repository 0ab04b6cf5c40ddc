import { type AccessLogEntryResponse } from '#contracts';
import { type PageParameters } from '#http-server';
import { decodeCursor, type Page, readLimit, toPage } from '#paging';
import { rows, type Sql } from '#postgres';

interface EntryRow extends Omit<AccessLogEntryResponse, 'at' | 'actorName' | 'address'> {
  readonly at: Date;
  readonly actorName: string | null;
  readonly address: string | null;
}

const columns = `
  seq, at, actor_id AS "actorId", actor_name AS "actorName", actor_role AS "actorRole", action,
  credential_id AS "credentialId", outcome, reason, request_id AS "requestId", address`;

export class AccessLog {
  constructor(private readonly sql: Sql) {}

  /**
   * Newest first.
   * @param withAddresses network addresses are for admins only
   */
  async page(
    ticketId: string,
    { limit, cursor }: PageParameters,
    withAddresses: boolean,
  ): Promise<Page<AccessLogEntryResponse>> {
    const most = readLimit(limit);
    const before = decodeCursor(cursor, ['integer'])?.[0] ?? null;
    const statement = `
      SELECT ${columns}
      FROM access_log
      WHERE ticket_id = $1
        AND ($2::int IS NULL OR seq < $2)
      ORDER BY seq DESC
      LIMIT $3`;
    const found = await rows<EntryRow>(this.sql, statement, [ticketId, before, most + 1]);
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

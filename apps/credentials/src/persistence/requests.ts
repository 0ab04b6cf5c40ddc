import { type CredentialRequestResponse } from '#contracts';
import { type PagePosition } from '#paging';
import { affected, rows, type Sql, type Statement, statement } from '#postgres';

interface RequestRow {
  readonly id: string;
  readonly requestedBy: string;
  readonly requestedByName: string | null;
  readonly message: string | null;
  readonly createdAt: Date;
  readonly fulfilledAt: Date | null;
}

interface NewRequest {
  readonly ticketId: string;
  readonly id: string;
  readonly requestedBy: string;
  readonly requestedByName: string | null;
  readonly message: string | null;
  /** When the access log says that it was. */
  readonly at: Date;
}

const columns = `
  id, requested_by AS "requestedBy", requested_by_name AS "requestedByName", message,
  created_at AS "createdAt", fulfilled_at AS "fulfilledAt"`;

/** @returns the request, or undefined where the ticket has an open one already */
export async function insertRequest(
  tx: Sql,
  { ticketId, id, requestedBy, requestedByName, message, at }: NewRequest,
): Promise<CredentialRequestResponse | undefined> {
  const found = await rows<RequestRow>(
    tx,
    `INSERT INTO credential_request (
       ticket_id, id, requested_by, requested_by_name, message, created_at
     )
     VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (ticket_id) WHERE fulfilled_at IS NULL DO NOTHING
     RETURNING ${columns}`,
    [ticketId, id, requestedBy, requestedByName, message, at],
  );
  return found.map(toResponse)[0];
}

export async function openRequest(
  sql: Sql,
  ticketId: string,
): Promise<CredentialRequestResponse | undefined> {
  const statement = `
    SELECT ${columns}
    FROM credential_request
    WHERE ticket_id = $1
      AND fulfilled_at IS NULL`;
  return (await rows<RequestRow>(sql, statement, [ticketId])).map(toResponse)[0];
}

export async function readRequest(
  sql: Sql,
  ticketId: string,
  id: string,
): Promise<CredentialRequestResponse | undefined> {
  const statement = `SELECT ${columns} FROM credential_request WHERE ticket_id = $1 AND id = $2`;
  return (await rows<RequestRow>(sql, statement, [ticketId, id])).map(toResponse)[0];
}

/**
 * Newest first, so that an open one is on the first page.
 * @param before where the last one already seen stands
 */
export async function listRequests(
  sql: Sql,
  ticketId: string,
  before: PagePosition | undefined,
  limit: number,
): Promise<CredentialRequestResponse[]> {
  const statement = `
    SELECT ${columns}
    FROM credential_request
    WHERE ticket_id = $1
      AND ($2::timestamptz IS NULL OR (created_at, id) < ($2, $3::uuid))
    ORDER BY created_at DESC, id DESC
    LIMIT $4`;
  const place = [before?.time ?? null, before?.id ?? null];
  const found = await rows<RequestRow>(sql, statement, [ticketId, ...place, limit]);
  return found.map(toResponse);
}

/** What fulfils the open requests of these tickets. */
export const fulfilling = (ticketIds: readonly string[], at: Date): Statement =>
  statement(
    `UPDATE credential_request
     SET fulfilled_at = $2
     WHERE ticket_id = ANY($1)
       AND fulfilled_at IS NULL`,
    [ticketIds, at.toISOString()],
  );

/** @returns whether there was such a request */
export async function deleteRequest(tx: Sql, ticketId: string, id: string): Promise<boolean> {
  const statement = 'DELETE FROM credential_request WHERE ticket_id = $1 AND id = $2';
  return (await affected(tx, statement, [ticketId, id])) === 1;
}

const toResponse = ({
  id,
  requestedBy,
  requestedByName,
  message,
  createdAt,
  fulfilledAt,
}: RequestRow): CredentialRequestResponse => ({
  id,
  requestedBy,
  ...(requestedByName !== null && { requestedByName }),
  message,
  createdAt: createdAt.toISOString(),
  fulfilledAt: fulfilledAt?.toISOString() ?? null,
});

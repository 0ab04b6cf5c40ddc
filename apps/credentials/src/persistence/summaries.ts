import { type CredentialSummaryResponse } from '#contracts';
import { hex, rows, type Sql, type Statement, statement } from '#postgres';
import { type StoredCredential, there } from './credentials.js';

export interface NewCredential extends StoredCredential {
  readonly boundPhase: number;
  readonly submittedBy: string;
  readonly submittedByName: string | null;
  readonly hasLink: boolean;
}

interface SummaryRow extends Omit<
  CredentialSummaryResponse,
  'submittedAt' | 'expiresAt' | 'lastRevealedAt' | 'submittedByName' | 'lastRevealedByName'
> {
  readonly submittedAt: Date;
  readonly expiresAt: Date;
  readonly submittedByName: string | null;
  readonly lastRevealedAt: Date | null;
  readonly lastRevealedByName: string | null;
}

const summaryColumns = `
  id, number, submitted_by AS "submittedBy", submitted_by_name AS "submittedByName",
  submitted_at AS "submittedAt", expires_at AS "expiresAt", has_link AS "hasLink",
  note IS NOT NULL AS "hasAdditionalInformation", reveals,
  last_revealed_at AS "lastRevealedAt", last_revealed_by AS "lastRevealedBy",
  last_revealed_by_name AS "lastRevealedByName", note_version AS "noteVersion"`;

/** What stores credentials that are new. */
export const storing = (credentials: readonly NewCredential[]): Statement =>
  statement(
    `INSERT INTO credential (
       ticket_id, id, bound_phase, number, submitted_by, submitted_by_name,
       submitted_at, expires_at, kek_id, wrapped_key, core, note, has_link
     )
     SELECT *
     FROM json_to_recordset($1::json) AS submitted (
       ticket_id text, id uuid, bound_phase int, number int, submitted_by text,
       submitted_by_name text, submitted_at timestamptz, expires_at timestamptz, kek_id uuid,
       wrapped_key bytea, core bytea, note bytea, has_link boolean
     )`,
    [JSON.stringify(credentials.map(toStored))],
  );

const toStored = (credential: NewCredential) => ({
  ticket_id: credential.ticketId,
  id: credential.id,
  bound_phase: credential.boundPhase,
  number: credential.number,
  submitted_by: credential.submittedBy,
  submitted_by_name: credential.submittedByName,
  submitted_at: credential.submittedAt,
  expires_at: credential.expiresAt,
  kek_id: credential.kekId,
  wrapped_key: hex(credential.wrappedKey),
  core: hex(credential.core),
  note: credential.note && hex(credential.note),
  has_link: credential.hasLink,
});

/** Of a credential that nobody has revealed or edited yet. */
export const summaryOfNew = (credential: NewCredential): CredentialSummaryResponse =>
  toSummary({
    ...credential,
    hasAdditionalInformation: credential.note !== null,
    reveals: 0,
    lastRevealedAt: null,
    lastRevealedBy: null,
    lastRevealedByName: null,
  });

/** Which of a ticket's credentials; all of them where nothing is said. */
export interface WantedSummaries {
  readonly ticketId: string;
  readonly id?: string | undefined;
  /** Others are about to be destroyed. */
  readonly phase?: number;
  readonly submittedBy?: string | undefined;
}

/** @returns in the order of what is wanted, for each of them its summaries by number */
export async function listSummaries(
  sql: Sql,
  wanted: readonly WantedSummaries[],
): Promise<CredentialSummaryResponse[][]> {
  const found = await rows<SummaryRow & { position: number }>(
    sql,
    `SELECT position::int, ${summaryColumns}
     FROM unnest($1::text[], $2::uuid[], $3::int[], $4::text[])
       WITH ORDINALITY AS wanted (of_ticket, of_id, of_phase, of_customer, position)
     JOIN ticket_gate gate ON gate.ticket_id = of_ticket AND gate.phase % 2 = 0
     JOIN credential ON credential.ticket_id = of_ticket
       AND (of_id IS NULL OR id = of_id)
       AND (of_phase IS NULL OR bound_phase = of_phase)
       AND (of_customer IS NULL OR submitted_by = of_customer)
     WHERE ${there}
     ORDER BY position, number`,
    [
      wanted.map(({ ticketId }) => ticketId),
      wanted.map(({ id }) => id ?? null),
      wanted.map(({ phase }) => (phase === undefined ? null : String(phase))),
      wanted.map(({ submittedBy }) => submittedBy ?? null),
    ],
  );
  const listed = wanted.map((): CredentialSummaryResponse[] => []);
  for (const row of found) listed[row.position - 1]?.push(toSummary(row));
  return listed;
}

/** Whether they submitted any that is there, under the ticket in this phase. */
export async function hasSubmitted(
  sql: Sql,
  ticketId: string,
  phase: number,
  submittedBy: string,
): Promise<boolean> {
  const statement = `
    SELECT 1
    FROM credential
    WHERE ticket_id = $1
      AND bound_phase = $2
      AND submitted_by = $3
      AND ${there}
    LIMIT 1`;
  return (await rows(sql, statement, [ticketId, phase, submittedBy])).length > 0;
}

function toSummary(row: SummaryRow): CredentialSummaryResponse {
  const {
    id,
    number,
    submittedBy,
    submittedByName,
    hasLink,
    hasAdditionalInformation,
    reveals,
    lastRevealedBy,
    lastRevealedByName,
  } = row;
  return {
    id,
    number,
    submittedBy,
    ...(submittedByName !== null && { submittedByName }),
    submittedAt: row.submittedAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    hasLink,
    hasAdditionalInformation,
    reveals,
    lastRevealedAt: row.lastRevealedAt?.toISOString() ?? null,
    lastRevealedBy,
    ...(lastRevealedByName !== null && { lastRevealedByName }),
    noteVersion: row.noteVersion,
  };
}

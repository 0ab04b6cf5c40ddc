import { type CredentialSummaryResponse } from '#contracts';
import { rows, type Sql } from '#postgres';
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

/** @returns its summary */
export async function insertCredential(
  tx: Sql,
  credential: NewCredential,
): Promise<CredentialSummaryResponse> {
  const {
    ticketId,
    id,
    boundPhase,
    number,
    submittedBy,
    submittedByName,
    submittedAt,
    expiresAt,
    kekId,
    wrappedKey,
    core,
    note,
    hasLink,
  } = credential;
  const [row] = await rows<SummaryRow>(
    tx,
    `INSERT INTO credential (
       ticket_id, id, bound_phase, number, submitted_by, submitted_by_name,
       submitted_at, expires_at, kek_id, wrapped_key, core, note, has_link
     )
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
     RETURNING ${summaryColumns}`,
    [
      ticketId,
      id,
      boundPhase,
      number,
      submittedBy,
      submittedByName,
      submittedAt,
      expiresAt,
      kekId,
      wrappedKey,
      core,
      note,
      hasLink,
    ],
  );
  if (row === undefined) throw new Error('the credential that was just stored is not there');
  return toSummary(row);
}

interface Wanted {
  readonly id?: string | undefined;
  /** Others are about to be destroyed. */
  readonly phase?: number;
  readonly submittedBy?: string | undefined;
}

/** By number. */
export async function listSummaries(
  sql: Sql,
  ticketId: string,
  { id, phase, submittedBy }: Wanted = {},
): Promise<CredentialSummaryResponse[]> {
  const found = await rows<SummaryRow>(
    sql,
    `SELECT ${summaryColumns}
     FROM credential c
     JOIN ticket_gate g USING (ticket_id)
     WHERE ticket_id = $1
       AND ($2::uuid IS NULL OR id = $2)
       AND ($3::int IS NULL OR bound_phase = $3)
       AND ($4::text IS NULL OR submitted_by = $4)
       AND ${there}
       AND g.phase % 2 = 0
     ORDER BY number`,
    [ticketId, id ?? null, phase ?? null, submittedBy ?? null],
  );
  return found.map(toSummary);
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

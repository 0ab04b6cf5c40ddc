import { type Destroyed } from './destruction-recorder.js';
import { type Databases } from './own-servers.js';

/** A ticket as its authority has it. */
interface Truth {
  readonly phase: number;
  readonly status: string;
}

/** A credential that was ever stored, by the access log, which nobody can change. */
export interface Stored {
  readonly id: string;
  readonly ticketId: string;
  /** Null when it is gone. */
  readonly boundPhase: number | null;
}

interface Receipt {
  readonly id: string;
  readonly phase: number;
}

/** What is stored, and what was published. */
export interface Evidence {
  readonly tickets: ReadonlyMap<string, Truth>;
  readonly stored: ReadonlyMap<string, Stored>;
  /** Of each credential's destruction. */
  readonly receipts: ReadonlyMap<string, readonly Receipt[]>;
  /**
   * The receipts whose destruction was published, each with one of its credentials:
   * `<receipt> <credential>`.
   */
  readonly published: ReadonlySet<string>;
}

export async function gatherEvidence(
  { tickets, credentials }: Databases,
  destroyed: readonly Destroyed[],
): Promise<Evidence> {
  const truth = await tickets.query<Truth & { id: string }>('SELECT id, phase, status FROM ticket');
  const stored = await credentials.query<Stored>(
    `SELECT credential_id AS id, log.ticket_id AS "ticketId", bound_phase AS "boundPhase"
     FROM access_log log
     LEFT JOIN credential c ON c.ticket_id = log.ticket_id AND c.id = log.credential_id
     WHERE action = 'submit'
       AND outcome = 'done'`,
  );
  const receipts = await credentials.query<Receipt & { credentialId: string }>(
    `SELECT id, phase, unnest(credential_ids) AS "credentialId"
     FROM destruction_receipt`,
  );
  return {
    tickets: new Map(truth.map((ticket) => [ticket.id, ticket])),
    stored: new Map(stored.map((credential) => [credential.id, credential])),
    receipts: byCredential(receipts),
    published: new Set(
      destroyed.flatMap(({ receiptId, credentialIds }) =>
        credentialIds.map((id) => `${receiptId} ${id}`),
      ),
    ),
  };
}

function byCredential(
  receipts: readonly (Receipt & { readonly credentialId: string })[],
): Map<string, Receipt[]> {
  const found = new Map<string, Receipt[]>();
  for (const { credentialId, ...receipt } of receipts)
    found.set(credentialId, [...(found.get(credentialId) ?? []), receipt]);
  return found;
}

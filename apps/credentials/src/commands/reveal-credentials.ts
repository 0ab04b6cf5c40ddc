import { traceHeaders } from '#outbox';
import { type Sql } from '#postgres';
import { type AttemptLog } from '../audit/attempts.js';
import { type Caller } from '../audit/caller.js';
import { type Secret, type Vault } from '../custody/vault.js';
import { type MassReveals } from '../limits/mass-reveals.js';
import { listNotes, type PresentNote, type StoredCredential } from '../persistence/credentials.js';
import { type LeasedStanding } from '../standing/standing-cache.js';
import { type WhileLive } from './while-live.js';
import { ticketLoader } from './ticket-loader.js';
import { type RevealBatch } from './reveal-batch.js';
import { hasExpired, type Taken } from './reveal-decisions.js';

const action = 'credential.reveal';

export interface RevealCredentialsInput {
  readonly caller: Caller;
  /** The standing that permits it. */
  readonly answer: LeasedStanding;
  /** One of the ticket's credentials, or null for all. */
  readonly credentialId: string | null;
  readonly reason: string | null;
}

export interface RevealedCredential {
  readonly credential: StoredCredential;
  readonly secret: Secret;
}

/**
 * Decrypts a ticket's credentials for an agent. The log entry is committed before
 * anything is decrypted; if it cannot be written, nothing is revealed.
 */
export class RevealCredentials {
  private readonly notes: (ticketId: string) => Promise<readonly PresentNote[] | undefined>;

  constructor(
    private readonly live: WhileLive,
    private readonly attempts: AttemptLog,
    private readonly batch: RevealBatch,
    private readonly vault: Vault,
    private readonly massReveals: MassReveals,
    sql: Sql,
  ) {
    this.notes = ticketLoader(async (ids) => {
      const notes = await listNotes(sql, ids);
      return new Map(ids.map((id) => [id, notes.filter(({ ticketId }) => ticketId === id)]));
    });
  }

  /** @returns those that are still there after whatever was waited for */
  execute(input: RevealCredentialsInput): Promise<RevealedCredential[]> {
    const { caller, answer, credentialId } = input;
    const { ticketId } = answer;
    const headers = traceHeaders();
    return this.attempts.make({ caller, action, ticketId, credentialId }, async () => {
      const taken = await this.live.through(
        { caller, action, answer },
        (permission) => this.batch.take({ ...input, ticketId, answer: permission.answer, headers }),
        async (before) => stillThere(before, (await this.notes(ticketId)) ?? []),
      );
      if (taken.length > 0) this.massReveals.record(caller, ticketId);
      const shown = taken.filter((one) => !hasExpired(one));
      return shown.map(({ credential, kek }) => ({
        credential,
        secret: this.vault.open({ sealed: credential, kek }),
      }));
    });
  }
}

/**
 * What was not destroyed and has not expired since, with the note that it has now. Its
 * data key is the same, whatever was rotated.
 */
function stillThere(taken: readonly Taken[], present: readonly PresentNote[]): Taken[] {
  const notes = new Map(present.map((note) => [note.id, note]));
  return taken.flatMap((one) => {
    const note = notes.get(one.credential.id);
    return note === undefined ? [] : [{ ...one, credential: { ...one.credential, ...note } }];
  });
}

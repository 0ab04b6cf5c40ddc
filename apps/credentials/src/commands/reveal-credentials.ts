import { credentialActionEvent, exchanges } from '#contracts';
import { append } from '#outbox';
import { type Sql } from '#postgres';
import { Problem } from '#problem';
import { appendToAccessLog, lockAccessLog } from '../persistence/access-log.js';
import { type AttemptLog } from '../audit/attempts.js';
import { type Caller, doneBy } from '../audit/caller.js';
import { type HeldSecret, type Secret, type Vault } from '../custody/vault.js';
import { type MassReveals } from '../limits/mass-reveals.js';
import {
  listIds,
  listNotes,
  type StoredCredential,
  takeForReveal,
} from '../persistence/credentials.js';
import { type LeasedStanding } from '../standing/standing-cache.js';
import { type LiveTicket } from './live-ticket.js';

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

/** Not decrypted yet, but nothing more is needed for that. */
interface Taken {
  readonly credential: StoredCredential;
  readonly kek: HeldSecret['kek'];
}

/**
 * Decrypts a ticket's credentials for an agent. The log entry is committed before
 * anything is decrypted; if it cannot be written, nothing is revealed.
 */
export class RevealCredentials {
  constructor(
    private readonly live: LiveTicket,
    private readonly attempts: AttemptLog,
    private readonly vault: Vault,
    private readonly massReveals: MassReveals,
  ) {}

  /** @returns those that are still there after whatever was waited for */
  execute(input: RevealCredentialsInput): Promise<RevealedCredential[]> {
    const { caller, answer, credentialId } = input;
    const { ticketId } = answer;
    return this.attempts.make({ caller, action, ticketId, credentialId }, async () => {
      const taken = await this.live.run(
        { caller, action, answer },
        async (tx) => this.hold(await take(tx, input)),
        (sql, before) => stillThere(sql, ticketId, before),
      );
      if (taken.length > 0) this.massReveals.record(caller, ticketId);
      return taken.map(({ credential, kek }) => ({
        credential,
        secret: this.vault.open({ sealed: credential, kek }),
      }));
    });
  }

  private hold(stored: readonly StoredCredential[]): Promise<Taken[]> {
    return Promise.all(
      stored.map(async (credential) => ({
        credential,
        kek: (await this.vault.hold(credential)).kek,
      })),
    );
  }
}

/**
 * The log's head is locked before the rows, as everywhere, and before they are listed,
 * since one may expire while that lock is waited for. The held gate prevents that the
 * rows are deleted in between.
 */
async function take(
  tx: Sql,
  { caller, answer: { ticketId }, credentialId, reason }: RevealCredentialsInput,
): Promise<StoredCredential[]> {
  const head = await lockAccessLog(tx, ticketId);
  const ids = await listIds(tx, ticketId, credentialId);
  if (credentialId !== null && ids.length === 0) throw new Problem('not-found');
  const entry = { ...doneBy(caller, action), reason };
  await appendToAccessLog(
    tx,
    ticketId,
    ids.length === 0 ? [entry] : ids.map((id) => ({ ...entry, credentialId: id })),
    head,
  );
  if (ids.length === 0) return [];
  await append(
    tx,
    exchanges.credential,
    ids.map((id) =>
      credentialActionEvent(
        'credential.revealed',
        { ticketId, credentialId: id, actorId: caller.actor.id },
        head.at,
      ),
    ),
  );
  const taken = await takeForReveal(tx, ticketId, ids, caller.actor, head.at);
  if (credentialId !== null && taken.length === 0) throw new Problem('not-found');
  return taken;
}

/**
 * What was not destroyed and has not expired since, with the note that it has now. Its
 * data key is the same, whatever was rotated.
 */
async function stillThere(sql: Sql, ticketId: string, taken: readonly Taken[]): Promise<Taken[]> {
  const notes = new Map((await listNotes(sql, ticketId)).map(({ id, ...note }) => [id, note]));
  return taken.flatMap(({ credential, kek }) => {
    const note = notes.get(credential.id);
    return note === undefined ? [] : [{ credential: { ...credential, ...note }, kek }];
  });
}

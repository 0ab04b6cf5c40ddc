import { credentialActionEvent, exchanges } from '#contracts';
import { append } from '#outbox';
import { type Sql } from '#postgres';
import { Problem } from '#problem';
import { appendToAccessLog, lockAccessLog } from '../../audit/access-log.js';
import { type Attempts } from '../../audit/attempts.js';
import { type Caller, entryOf } from '../../audit/caller.js';
import { type Secret, type Vault } from '../../custody/vault.js';
import { type MassReveals } from '../../limits/mass-reveals.js';
import { listIds, type StoredCredential, takeForReveal } from '../../persistence/credentials.js';
import { type Answer } from '../../standing/standing-book.js';
import { type LiveTicket } from '../live-ticket.js';

export interface RevealedCredential {
  readonly credential: StoredCredential;
  readonly secret: Secret;
}

/**
 * Decrypts a ticket's credentials for an agent. The log entry is committed before anything is decrypted; if it cannot be written, nothing
 * is revealed.
 */
export class RevealCredentials {
  constructor(
    private readonly live: LiveTicket,
    private readonly attempts: Attempts,
    private readonly vault: Vault,
    private readonly massReveals: MassReveals,
  ) {}

  /** @param credentialId one of the ticket's credentials, or null for all */
  execute(caller: Caller, standing: Answer, credentialId: string | null, reason: string | null): Promise<RevealedCredential[]> {
    const { ticketId } = standing;
    return this.attempts.make({ caller, action: 'credential.reveal', ticketId, credentialId }, async () => {
      const taken = await this.live.runToHandOut(caller, 'credential.reveal', standing, async (tx) => {
        const stored = await take(tx, caller, ticketId, credentialId, reason);
        return Promise.all(stored.map(async (credential) => ({ credential, held: await this.vault.hold(credential) })));
      });
      if (taken.length > 0) this.massReveals.saw(caller, ticketId);
      return taken.map(({ credential, held }) => ({ credential, secret: this.vault.open(held) }));
    });
  }
}

/**
 * The log's head is locked before the rows, as everywhere, and before they are listed, since one may expire while that lock is waited for.
 * The held gate prevents that the rows are deleted in between.
 */
async function take(
  tx: Sql,
  caller: Caller,
  ticketId: string,
  credentialId: string | null,
  reason: string | null,
): Promise<StoredCredential[]> {
  const head = await lockAccessLog(tx, ticketId);
  const ids = await listIds(tx, ticketId, credentialId);
  if (credentialId !== null && ids.length === 0) throw new Problem('not-found');
  const entry = { ...entryOf(caller, 'credential.reveal'), reason };
  await appendToAccessLog(tx, ticketId, ids.length === 0 ? [entry] : ids.map((id) => ({ ...entry, credentialId: id })), head);
  if (ids.length === 0) return [];
  await append(
    tx,
    exchanges.credential,
    ids.map((id) => credentialActionEvent('credential.revealed', { ticketId, credentialId: id, actorId: caller.actor.id }, head.at)),
  );
  const taken = await takeForReveal(tx, ticketId, ids, caller.actor, head.at);
  if (credentialId !== null && taken.length === 0) throw new Problem('not-found');
  return taken;
}

import { credentialActionEvent, exchanges, type RevealedCredentialResponse } from '#contracts';
import { append } from '#outbox';
import { type Sql } from '#postgres';
import {
  appendToAccessLog,
  lockAccessLog,
} from '../../apps/credentials/src/persistence/access-log.js';
import { revealPlaintext } from '../../apps/credentials/src/custody/reveal-plaintext.js';
import { type Secret } from '../../apps/credentials/src/custody/vault.js';
import {
  listIds,
  type StoredCredential,
  takeForReveal,
} from '../../apps/credentials/src/persistence/credentials.js';
import { shareLockGate } from '../../apps/credentials/src/persistence/gates.js';
import { entryOf, type Baseline } from './baseline.js';

/** All of a ticket's credentials, opened after the commit. */
export async function reveal(
  { credentials, standings, vault }: Baseline,
  ticketId: string,
  requestId: string,
  agent: string,
): Promise<{ items: RevealedCredentialResponse[] }> {
  await standings.remembered(ticketId);
  const taken = await credentials.transaction(async (tx) => {
    const stored = await take(tx, ticketId, requestId, agent);
    return Promise.all(
      stored.map(async (credential) => ({ credential, held: await vault.hold(credential) })),
    );
  });
  return { items: taken.map(({ credential, held }) => toRevealed(credential, vault.open(held))) };
}

async function take(
  tx: Sql,
  ticketId: string,
  requestId: string,
  agent: string,
): Promise<StoredCredential[]> {
  await shareLockGate(tx, ticketId);
  const head = await lockAccessLog(tx, ticketId);
  const ids = await listIds(tx, ticketId, null);
  const entry = entryOf(agent, 'agent', 'reveal', requestId);
  await appendToAccessLog(
    tx,
    ticketId,
    ids.map((id) => ({ ...entry, credentialId: id })),
    head,
  );
  const events = ids.map((id) =>
    credentialActionEvent(
      'credential.revealed',
      { ticketId, credentialId: id, actorId: agent },
      head.at,
    ),
  );
  await append(tx, exchanges.credential, events);
  return takeForReveal(tx, ticketId, ids, { id: agent, name: `Name of ${agent}` }, head.at);
}

const toRevealed = (
  { id, number, noteVersion, submittedAt, expiresAt }: StoredCredential,
  secret: Secret,
): RevealedCredentialResponse => ({
  id,
  number,
  noteVersion,
  submittedAt: submittedAt.toISOString(),
  expiresAt: expiresAt.toISOString(),
  username: revealPlaintext(secret.username),
  password: revealPlaintext(secret.password),
  link: secret.link && revealPlaintext(secret.link),
  additionalInformation:
    secret.additionalInformation && revealPlaintext(secret.additionalInformation),
});

import { credentialActionEvent, exchanges, type RevealedCredentialResponse } from '#contracts';
import { append } from '#outbox';
import { send, type Sql } from '#postgres';
import { GrowingChain } from '../../apps/credentials/src/domain/growing-chain.js';
import { growing, lockedHeads } from '../../apps/credentials/src/persistence/access-log.js';
import { revealPlaintext } from '../../apps/credentials/src/custody/reveal-plaintext.js';
import { type Secret } from '../../apps/credentials/src/custody/vault.js';
import { batchTime } from '../../apps/credentials/src/persistence/batch-time.js';
import { type StoredCredential } from '../../apps/credentials/src/persistence/credentials.js';
import { sharedGates } from '../../apps/credentials/src/persistence/gates.js';
import {
  countingReveals,
  presentCredentials,
  takenForReveal,
} from '../../apps/credentials/src/persistence/reveals.js';
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
  await send(tx, sharedGates([ticketId], 'wait'));
  const [head] = await send(tx, lockedHeads([ticketId], 'wait'));
  const [clock] = await send(tx, batchTime('wait'));
  if (head === undefined || clock === undefined)
    throw new Error('the benchmark names tickets that were shared under');
  const { at } = clock;
  const stored = await send(tx, takenForReveal([{ ticketId, id: null }], 'wait'));
  await send(tx, presentCredentials([ticketId]));
  const ids = stored.map(({ id }) => id);
  const chain = new GrowingChain(ticketId, head, at);
  const entry = entryOf(agent, 'agent', 'reveal', requestId);
  chain.add(ids.map((id) => ({ ...entry, credentialId: id })));
  for (const written of growing([chain])) await send(tx, written);
  const events = ids.map((id) =>
    credentialActionEvent(
      'credential.revealed',
      { ticketId, credentialId: id, actorId: agent },
      at,
    ),
  );
  await append(tx, exchanges.credential, events);
  const [by, byName] = [agent, `Name of ${agent}`];
  await send(tx, countingReveals(ids.map((id) => ({ ticketId, id, times: 1, by, byName, at }))));
  return stored;
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

import { v7 as uuidv7 } from 'uuid';
import {
  credentialActionEvent,
  type CredentialSummaryResponse,
  exchanges,
  type Standing,
} from '#contracts';
import { append } from '#outbox';
import { type Sql } from '#postgres';
import { appendToAccessLog } from '../../apps/credentials/src/persistence/access-log.js';
import { type Secret } from '../../apps/credentials/src/custody/vault.js';
import { insertCredential } from '../../apps/credentials/src/persistence/summaries.js';
import {
  ensureGate,
  lockGate,
  moveGate,
  nextNumber,
} from '../../apps/credentials/src/persistence/gates.js';
import { fulfilRequests } from '../../apps/credentials/src/persistence/requests.js';
import { quotaAndCurrentKey } from '../../apps/credentials/src/persistence/quota-and-key.js';
import { entryOf, type Baseline } from './baseline.js';

const lifetimeMs = 14 * 86_400_000;

/** The first submission under a ticket: the same statements in the same order. */
export async function submit(
  baseline: Baseline,
  ticketId: string,
  requestId: string,
  secret: Secret,
): Promise<CredentialSummaryResponse> {
  const { credentials, standings } = baseline;
  await standings.ask(ticketId);
  await ensureGate(credentials, ticketId);
  const standing = await standings.ask(ticketId);
  return credentials.transaction((tx) => store(tx, baseline, standing, requestId, secret));
}

async function store(
  tx: Sql,
  { vault }: Baseline,
  standing: Standing,
  requestId: string,
  secret: Secret,
): Promise<CredentialSummaryResponse> {
  const { ticketId, phase } = standing;
  const [id, customer] = [uuidv7(), standing.requesterId ?? ''];
  await lockGate(tx, ticketId);
  await moveGate(tx, standing);
  const { kekId } = await quotaAndCurrentKey(tx, ticketId);
  const { at } = await appendToAccessLog(tx, ticketId, [
    { ...entryOf(customer, 'customer', 'submit', requestId), credentialId: id },
  ]);
  const number = await nextNumber(tx, ticketId);
  const summary = await insertCredential(tx, {
    ...{
      ticketId,
      id,
      boundPhase: phase,
      number,
      submittedBy: customer,
      submittedByName: `Name of ${customer}`,
    },
    ...{
      submittedAt: at,
      expiresAt: new Date(at.getTime() + lifetimeMs),
      hasLink: secret.link !== null,
    },
    ...(await vault.seal({ ticketId, id }, kekId, secret)),
  });
  await fulfilRequests(tx, ticketId, at);
  await append(tx, exchanges.credential, [
    credentialActionEvent(
      'credential.submitted',
      { ticketId, credentialId: id, actorId: customer },
      at,
    ),
  ]);
  return summary;
}

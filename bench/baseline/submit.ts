import { v7 as uuidv7 } from 'uuid';
import {
  credentialActionEvent,
  type CredentialSummaryResponse,
  exchanges,
  type Standing,
} from '#contracts';
import { append } from '#outbox';
import { send, type Sql } from '#postgres';
import { GrowingChain } from '../../apps/credentials/src/domain/growing-chain.js';
import { type Secret } from '../../apps/credentials/src/custody/vault.js';
import { batchTime } from '../../apps/credentials/src/persistence/batch-time.js';
import { growing, lockedHeads } from '../../apps/credentials/src/persistence/access-log.js';
import {
  advancingGates,
  ensureGate,
  lockedGates,
} from '../../apps/credentials/src/persistence/gates.js';
import { currentKeyHeld, holdCurrentKey } from '../../apps/credentials/src/persistence/keys.js';
import { fulfilling } from '../../apps/credentials/src/persistence/requests.js';
import { submissionFacts } from '../../apps/credentials/src/persistence/submissions.js';
import { storing, summaryOfNew } from '../../apps/credentials/src/persistence/summaries.js';
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
  const [gate] = await send(tx, lockedGates([ticketId], 'wait'));
  const [head] = await send(tx, lockedHeads([ticketId], 'wait'));
  const [clock] = await send(tx, batchTime('wait'));
  await send(tx, submissionFacts([ticketId]));
  const kekId = await holdCurrentKey(() => send(tx, currentKeyHeld));
  if (gate === undefined || clock === undefined) throw new Error('the gate has just been made');
  const { at } = clock;
  const lastNumber = gate.lastNumber + 1;
  await send(tx, advancingGates([{ answer: standing, lastNumber }]));
  const chain = new GrowingChain(ticketId, head, at);
  chain.add([{ ...entryOf(customer, 'customer', 'submit', requestId), credentialId: id }]);
  for (const written of growing([chain])) await send(tx, written);
  const credential = {
    boundPhase: phase,
    number: lastNumber,
    submittedBy: customer,
    submittedByName: `Name of ${customer}`,
    submittedAt: at,
    expiresAt: new Date(at.getTime() + lifetimeMs),
    hasLink: secret.link !== null,
    ...vault.seal({ ticketId, id }, await vault.key(kekId), secret),
  };
  await send(tx, storing([credential]));
  await send(tx, fulfilling([ticketId], at));
  await append(tx, exchanges.credential, [
    credentialActionEvent(
      'credential.submitted',
      { ticketId, credentialId: id, actorId: customer },
      at,
    ),
  ]);
  return summaryOfNew(credential);
}

import { v7 as uuidv7 } from 'uuid';
import { rows, send } from '#postgres';
import { SecretText } from '../../apps/credentials/src/custody/secret-text.js';
import { readCurrentKey } from '../../apps/credentials/src/persistence/keys.js';
import { storing } from '../../apps/credentials/src/persistence/summaries.js';
import { type Baseline } from '../baseline/baseline.js';
import { secret } from '../people.js';
import { ticketId } from './ticket-id.js';

const batch = 1000;
const lifetimeMs = 14 * 86_400_000;
const shared = {
  username: new SecretText(secret.username),
  password: new SecretText(secret.password),
  link: new SecretText(secret.link),
  additionalInformation: new SecretText(secret.additionalInformation),
};

/** Seals and stores one under each of the first tickets, as a submission does. */
export async function share({ credentials, vault }: Baseline, count: number): Promise<void> {
  const current = await readCurrentKey(credentials);
  if (current === undefined) throw new Error('a system that runs has a key');
  const kek = await vault.key(current.id);
  const submittedAt = new Date();
  for (let first = 1; first <= count; first += batch) {
    const tickets = await rows<{ ticketId: string }>(
      credentials,
      `SELECT ${ticketId('n')} AS "ticketId" FROM generate_series($1::int, $2::int) AS n`,
      [first, Math.min(count, first + batch - 1)],
    );
    const stored = tickets.map((ticket) => ({
      boundPhase: 0,
      number: 1,
      submittedBy: 'customer-1',
      submittedByName: 'Name of customer-1',
      submittedAt,
      expiresAt: new Date(submittedAt.getTime() + lifetimeMs),
      hasLink: true,
      ...vault.seal({ ...ticket, id: uuidv7() }, kek, shared),
    }));
    await send(credentials, storing(stored));
  }
}

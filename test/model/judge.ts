import { expect } from '@jest/globals';
import { type Play } from './play.js';
import { type Stage } from './stage.js';

interface Receipt {
  readonly id: string;
  readonly phase: number;
  readonly credentialId: string;
}

/** What may be seen at any moment, whatever is still on its way. */
export async function judgeMeanwhile({ databases }: Stage, { actors }: Play): Promise<void> {
  const known = actors.filter(({ model }) => model !== undefined);
  const tickets = await databases.tickets.query(
    'SELECT id, status, version, phase FROM ticket WHERE id = ANY($1)',
    [idsOf(actors)],
  );
  expect(tickets.sort(byId)).toEqual(
    known
      .map(({ id, model }) => ({
        id,
        status: model!.status,
        version: model!.version,
        phase: model!.phase,
      }))
      .sort(byId),
  );
  const stored = new Set(await storedIds(databases, idsOf(actors)));
  const gone = known.flatMap(({ model }) => model!.live.filter((id) => !stored.has(id)));
  expect({ gone }).toEqual({ gone: [] });
}

/**
 * What must be when everything has arrived: nothing live under an ended ticket, and each
 * end of a credential proven and published, once.
 */
export async function judgeInTheEnd(stage: Stage, play: Play): Promise<void> {
  await judgeMeanwhile(stage, play);
  const { credentials } = stage.databases;
  const models = play.actors.flatMap(({ model }) => model ?? []);
  expect((await storedIds(stage.databases, idsOf(play.actors))).sort()).toEqual(
    models.flatMap(({ live }) => live).sort(),
  );
  const receipts = await credentials.query<Receipt>(
    `SELECT id, phase, unnest(credential_ids) AS "credentialId"
     FROM destruction_receipt
     WHERE ticket_id = ANY($1)`,
    [idsOf(play.actors)],
  );
  const published = await credentials.query<{ id: string }>(
    `SELECT payload->'data'->>'receiptId' AS id
     FROM outbox
     WHERE type = 'credentials.destroyed'`,
  );
  const destroyed = models.flatMap(({ shared, phase: now }) =>
    [...shared].filter(([, phase]) => phase !== now),
  );
  expect(receipts.map(({ credentialId }) => credentialId).sort()).toEqual(
    destroyed.map(([id]) => id).sort(),
  );
  for (const { id, phase, credentialId } of receipts) {
    expect(phase).toBeGreaterThan(
      destroyed.find(([destroyedId]) => destroyedId === credentialId)![1],
    );
    expect(published.filter((event) => event.id === id)).toHaveLength(1);
  }
}

const idsOf = (actors: Play['actors']): string[] => actors.map(({ id }) => id);
const byId = (one: { id?: string }, other: { id?: string }): number =>
  one.id! < other.id! ? -1 : 1;

async function storedIds(
  { credentials }: Stage['databases'],
  tickets: readonly string[],
): Promise<string[]> {
  const rows = await credentials.query<{ id: string }>(
    'SELECT id FROM credential WHERE ticket_id = ANY($1)',
    [tickets],
  );
  return rows.map(({ id }) => id);
}

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { grants, migrations } from '../../../apps/tickets/src/persistence/schema.js';
import { type TestDatabase } from '../../support/database.js';
import { migratedDatabase } from '../../support/migrated-database.js';
import { type PostgresPair, startPair } from '../../support/postgres-pair.js';
import { waitFor } from '../../support/wait-for.js';
import { startTickets, type TicketsUnderTest } from './harness.js';

let pair: PostgresPair;
let database: TestDatabase;
let atPrimary: TicketsUnderTest;
let atStandby: TicketsUnderTest;
let ticketId: string;
beforeAll(async () => {
  pair = await startPair();
  database = await migratedDatabase(pair.primary, { migrations, grants });
  await pair.waitForReplay();
  atPrimary = await startTickets({ databaseUrl: database.serviceUrl });
  ticketId = await (await atPrimary.as('ann', ['customer'])).open();
  await pair.waitForReplay();
  atStandby = await startTickets({ databaseUrl: pair.atStandby(database.serviceUrl) });
});
afterAll(async () => {
  await Promise.all([atPrimary.stop(), atStandby.stop()]);
  await database.drop();
  await pair.stop();
});

const ready = async ({ url }: TicketsUnderTest) => {
  const answer = await fetch(`${url}/readyz`);
  return { status: answer.status, body: await answer.json() };
};
const outcomes = async (stage: TicketsUnderTest): Promise<number[]> => {
  const [service, ann, agent] = [
    await stage.as('service:credentials', ['service']),
    await stage.as('ann', ['customer']),
    await stage.as('alex', ['agent']),
  ];
  const answers = [
    await service.post('/internal/standings', { ticketIds: [ticketId] }),
    await service.post('/internal/changes', {}),
    await service.post('/internal/witness', { database: randomUUID() }),
    await service.post('/internal/witness', {
      database: randomUUID(),
      credentialIds: [randomUUID()],
    }),
    await ann.get(`/v1/tickets/${ticketId}`),
    await ann.get(`/v1/tickets/${ticketId}/replies`),
    await agent.get('/v1/tickets'),
    await agent.patch(`/v1/tickets/${ticketId}`, { assigneeId: 'alex' }),
  ];
  return answers.map(({ status }) => status);
};

const everywhere = (status: number) => Array<number>(8).fill(status);

describe('a service whose URL leads to a standby', () => {
  it('is not ready, says why, and decides nothing by what the standby has', async () => {
    expect(await ready(atPrimary)).toMatchObject({
      status: 200,
      body: { checks: { database: 'ok' } },
    });
    expect(await outcomes(atPrimary)).toEqual(everywhere(200));
    await pair.waitForReplay();
    expect(await ready(atStandby)).toMatchObject({
      status: 503,
      body: {
        status: 'not-ready',
        checks: { database: 'failed' },
        reasons: { database: 'the database is a standby: its URL must lead to the primary' },
      },
    });
    expect(await outcomes(atStandby)).toEqual(everywhere(503));
  });

  it('is ready once the standby is promoted', async () => {
    await pair.promote();
    await waitFor(async () => (await ready(atStandby)).status === 200);
    expect(await outcomes(atStandby)).toEqual(everywhere(200));
  });
});

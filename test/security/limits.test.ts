import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openStage, sendRaw, type Stage } from '../contract/stage.js';
import { People } from '../support/api.js';
import { valueOf } from '../support/metrics.js';
import { waitFor } from '../support/wait-for.js';

const perAddress = 150;
const perActor = 5;
const ordinary = 2;

let stage: Stage;
let people: People;
beforeAll(async () => {
  stage = await openStage({
    REPLICAS_GATEWAY: '2',
    REPLICAS_CREDENTIALS: '2',
    RATE_LIMIT_PER_ADDRESS: String(perAddress),
    RATE_LIMIT_REVEALS: String(perActor),
    RATE_LIMIT_SUBMITS: String(perActor),
    MASS_REVEAL_TICKETS: String(ordinary),
  });
  people = new People(stage.url);
}, 120_000);
afterAll(() => stage.stop(), 30_000);

/** Of the first of the two replicas. */
const metrics = async () => (await fetch(new URL('/metrics', stage.credentialsUrl))).text();
const times = <T>(count: number, act: (at: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, at) => act(at)));
const ticketOf = async (agent: string, customer = 'customer-1') => {
  const { body } = await stage.call(customer, 'POST', '/v1/tickets', { subject: 's' });
  await stage.call(agent, 'PATCH', `/v1/tickets/${body.id}`, { assigneeId: agent });
  return `/v1/tickets/${body.id}/credentials`;
};

/** What both replicas have logged. */
const alarms = () =>
  ['credentials-1.log', 'credentials-2.log']
    .flatMap((file) => readFileSync(join(stage.logsDir, file), 'utf8').split('\n'))
    .filter((line) => line.includes('"mass reveal"'))
    .map((line) => JSON.parse(line) as { actorId: string; count: number })
    .sort((one, other) => one.count - other.count);

/** Some of these replies are allowed, the others are 429 and say when to come again. */
function expectLimit(
  answers: readonly { status: number; headers: Headers | object; body: any }[],
  allowed: number,
): void {
  const refused = answers.filter(({ status }) => status === 429);
  expect(answers.length - refused.length).toBe(allowed);
  for (const { headers, body } of refused) {
    const retryAfter = Number(new Headers(headers as Record<string, string>).get('retry-after'));
    expect([body.code, retryAfter >= 1 && retryAfter <= 60]).toEqual(['rate-limited', true]);
  }
}

describe('a limit per actor', () => {
  it('counts reveals over all replicas, and nobody else’s', async () => {
    const credentials = await ticketOf('agent-1');
    const answers = await times(perActor + 4, () =>
      stage.call('agent-1', 'POST', `${credentials}/reveal`),
    );
    expectLimit(answers, perActor);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(perActor);
    const served = [
      ...(await metrics()).matchAll(
        /duration_seconds_count\{[^}]*route="[^"]*\/credentials\/reveal"[^}]*\} (\d+)/g,
      ),
    ];
    const here = served.reduce((sum, [, count]) => sum + Number(count), 0);
    expect([here > 0, here < answers.length]).toEqual([true, true]);
    expect((await stage.call('agent-2', 'POST', `${credentials}/reveal`)).status).toBe(403);
  });

  it('counts submissions, whatever their tickets and their faults', async () => {
    const [one, two] = [await ticketOf('agent-1'), await ticketOf('agent-1')];
    const bodies = [{ username: 'u', password: 'p' }, { username: 'u' }, {}];
    expectLimit(
      await times(perActor + 4, (at) =>
        stage.call('customer-1', 'POST', at % 2 === 0 ? one : two, bodies[at % 3]),
      ),
      perActor,
    );
    expect((await stage.call('customer-1', 'GET', one)).status).toBe(200);
  });
});

describe('an actor who reveals under many tickets', () => {
  it('raises an alarm, which names nobody in a metric, and somebody in the log', async () => {
    const name = 'mass_reveals_total';
    expect(valueOf(await metrics(), name)).toBe(0);
    const shared: string[] = [];
    for (let at = 0; at < perActor; at += 1) {
      const credentials = await ticketOf('agent-3', 'customer-3');
      await stage.call('customer-3', 'POST', credentials, { username: 'u', password: 'p' });
      shared.push(credentials);
    }
    for (const credentials of shared)
      expect((await stage.call('agent-3', 'POST', `${credentials}/reveal`)).status).toBe(200);
    await waitFor(() => alarms().length >= perActor - ordinary);
    expect(alarms().map(({ actorId, count }) => [actorId, count])).toEqual(
      [3, 4, 5].map((count) => ['agent-3', count]),
    );
    expect((await metrics()).split('\n').filter((line) => line.startsWith(name))).toEqual([
      expect.stringMatching(/^\w+\{service="credentials"\} \d$/),
    ]);
  });
});

describe('a limit per address', () => {
  const elsewhere = '127.0.0.2';
  const get = (url: string, path: string, headers: Record<string, string> = {}) =>
    sendRaw(url, { method: 'GET', path, headers, from: elsewhere });

  it('counts in each gateway whatever is asked for, and is not escaped by saying another address', async () => {
    const headers = await people.authorization('agent-1');
    const second = Object.assign(new URL(stage.url), {
      port: String(Number(new URL(stage.url).port) + 1),
    }).href;
    const forged = (at: number) => ({
      'x-forwarded-for': `203.0.113.${at}`,
      forwarded: `for=203.0.113.${at}`,
      'x-real-ip': `203.0.113.${at}`,
    });
    const paths = ['/v1/tickets', '/v1/%zz', '/nothing', '/docs'];
    const answers = [];
    for (let at = 0; at < perAddress + 8; at += 1)
      answers.push(
        await get(stage.url, paths[at % paths.length] ?? '', { ...headers, ...forged(at) }),
      );
    expectLimit(answers.slice(perAddress), 0);
    expect(answers.slice(0, perAddress).filter(({ status }) => status === 429)).toEqual([]);
    expect((await get(stage.url, '/v1/tickets')).status).toBe(401);
    expect((await get(stage.url, '/livez')).status).toBe(200);
    expect((await get(second, '/v1/tickets', headers)).status).toBe(200);
    expect((await sendRaw(stage.url, { method: 'GET', path: '/v1/tickets', headers })).status).toBe(
      200,
    );
  });
});

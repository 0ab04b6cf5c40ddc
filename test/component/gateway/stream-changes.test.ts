import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { type Changes, exchanges, type Standing } from '#contracts';
import { waitFor } from '../../support/wait-for.js';
import { type Received, startGateway } from './gateway.fixture.js';
import { newTicket, Streams } from './streams.fixture.js';

const standing = (ticketId: string, version: number): Standing => ({
  ticketId,
  version,
  status: 'resolved',
  phase: 1,
  requesterId: 'customer-1',
  assigneeId: null,
  home: '/tickets',
});

let streams: Streams;
/** What `tickets` says has changed, once. */
let nextAnswer: Partial<Changes> = {};
const asked: Received[] = [];

beforeAll(async () => {
  streams = await Streams.start({ CHANGES_SECONDS: '1' });
  streams.gateway.tickets.answer = (question) => {
    if (question.url !== '/internal/changes')
      return Promise.resolve({ status: 404, headers: {}, body: '' });
    asked.push(question);
    const body = { items: [], cursor: `c-${asked.length}`, gap: false, more: false, ...nextAnswer };
    nextAnswer = {};
    return Promise.resolve({
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  };
});
afterEach(() => {
  streams.hangUp();
});
afterAll(() => streams.stop());

const next = async (): Promise<void> => {
  const { length } = asked;
  await waitFor(() => asked.length > length + 1);
};

describe('what tickets says has changed', () => {
  it('is told to the streams of the ticket, as an event would be, while the broker is away', async () => {
    const stream = await streams.listen(newTicket());
    const { ticketId } = (await stream.waitForEvent('sync')).data as { ticketId: string };
    streams.line.down();
    nextAnswer = { items: [standing(ticketId, 2)] };
    expect((await stream.waitForEvent('ticket')).data).toEqual(standing(ticketId, 2));
    streams.line.restore();
    await waitFor(() => streams.hearing());
  });

  it('is not told again where its event was heard', async () => {
    const stream = await streams.listen(newTicket());
    const { ticketId } = (await stream.waitForEvent('sync')).data as { ticketId: string };
    await streams.publish(
      exchanges.ticketNews,
      'ticket.status.changed',
      ticketId,
      standing(ticketId, 5),
    );
    await stream.waitForEvent('ticket');
    nextAnswer = { items: [standing(ticketId, 5)] };
    await next();
    await next();
    nextAnswer = { items: [standing(ticketId, 6)] };
    await stream.waitForEvent('ticket', 1);
    expect(stream.types.filter((type) => type === 'ticket')).toHaveLength(2);
  });

  it('is asked for with a token of the gateway itself, by the cursor of the last answer', async () => {
    await next();
    const [before, last] = asked.slice(-2);
    expect(decodeJwt(String(last?.headers.authorization).slice('Bearer '.length))).toMatchObject({
      sub: 'service:gateway',
      roles: ['service'],
    });
    expect(JSON.parse(last!.body)).toEqual({ after: `c-${asked.indexOf(before!) + 1}` });
  });

  it('may be less than everything: then clients are told to look', async () => {
    const stream = await streams.listen(newTicket());
    await stream.waitForEvent('sync');
    nextAnswer = { gap: true };
    await stream.waitForEvent('sync', 1);
  });
});

describe('a gateway without a token of its own', () => {
  it('is ready all the same, and says that it does not follow', async () => {
    const gateway = await startGateway({
      AUTH_MODE: 'oidc',
      AUTH_ISSUER: 'https://issuer.example',
      AUTH_AUDIENCE: 'private-credentials',
      AUTH_JWKS_URI: 'https://issuer.example/jwks',
      CHANGES_SECONDS: '1',
    });
    const readiness = await (await fetch(`${gateway.url}/readyz`)).json();
    await gateway.close();
    expect(readiness).toMatchObject({
      checks: { changes: 'warning' },
      reasons: { changes: 'not followed: AUTH_TOKEN_URL is not set' },
    });
  });
});

import { describe, expect, it } from '@jest/globals';
import { stage } from './shared-stage.js';

const secret = '{"username":"u","password":"p"}';
const large = JSON.stringify({ a: 'x'.repeat(200_000) });
const stale = { 'if-match': '"99"' };

/**
 * One attempt, in which everything that the later ones mend is wrong
 * too, and what it is answered.
 */
type Rung = readonly [
  answer: string,
  actor: string | null,
  body?: string,
  headers?: Record<string, string>,
];

/**
 * Requests to one place, of which each mends the fault that the
 * one before it was told of.
 */
async function climb(method: string, path: string, rungs: readonly Rung[]): Promise<void> {
  const answers: string[] = [];
  for (const [, actor, body, headers] of rungs) {
    const answer = await stage.raw(actor, method, path, body, headers);
    answers.push(
      `${answer.status}${answer.body?.code === undefined ? '' : ` ${answer.body.code}`}`,
    );
    expect(answer.text).not.toContain('s3cret');
  }
  expect(answers).toEqual(rungs.map(([answer]) => answer));
}

const unreadable = (actor: string): Rung[] => [
  ['401 unauthenticated', null, '{"s3cret'],
  ['400 malformed', actor, '{"s3cret', stale],
  ['413 too-large', actor, large, stale],
  ['415 unsupported-media-type', actor, 's3cret', { 'content-type': 'text/plain', ...stale }],
];
const invalid = '{"other":"s3cret","status":"s3cret","username":7,"reason":7,"message":7,"body":7}';

async function shared() {
  const { ticket, credentials } = await stage.ticket();
  const { body } = await stage.raw('customer-1', 'POST', credentials, secret);
  const end = (status: 'resolved' | 'closed' = 'closed') => stage.end(ticket, status);
  return { ticket, credentials, one: `${credentials}/${body.id}`, end };
}

describe('of several faults, the first of the order is answered', () => {
  it('to a person who shares a credential', async () => {
    const { credentials, end } = await shared();
    await end();
    await climb('POST', credentials, [
      ...unreadable('customer-2'),
      ['404 not-found', 'customer-2', invalid, { 'idempotency-key': '' }],
      ['403 forbidden', 'agent-2', invalid, { 'idempotency-key': '' }],
      ['422 invalid', 'customer-1', invalid, { 'idempotency-key': '' }],
      ['422 invalid', 'customer-1', secret, { 'idempotency-key': '' }],
      ['409 ticket-ended', 'customer-1', secret],
    ]);
  });

  it('to a person who reveals all credentials, or one', async () => {
    const { credentials, one, end } = await shared();
    await end();
    for (const path of [`${credentials}/reveal`, `${one}/reveal`]) {
      await climb('POST', path, [
        ...unreadable('customer-2'),
        ['404 not-found', 'customer-2', invalid],
        ['403 forbidden', 'customer-1', invalid],
        ['403 forbidden', 'agent-2', invalid],
        ['422 invalid', 'agent-1', invalid],
        ['409 ticket-ended', 'agent-1', '{}'],
      ]);
    }
  });

  it('to a person who edits a note', async () => {
    const { one, end } = await shared();
    await climb('PATCH', one, [
      ...unreadable('customer-2'),
      ['404 not-found', 'customer-2', invalid],
      ['403 forbidden', 'agent-2', invalid],
      ['422 immutable-field', 'agent-1', '{"username":"s3cret","other":7}'],
      ['422 invalid', 'agent-1', '{"other":7}'],
      ['428 precondition-required', 'agent-1', '{"additionalInformation":"n"}'],
      ['412 stale', 'agent-1', '{"additionalInformation":"n"}', stale],
      ['200', 'agent-1', '{"additionalInformation":"n"}', { 'if-match': '"1"' }],
    ]);
    await end();
    await climb('PATCH', one, [
      ['428 precondition-required', 'agent-1', '{"additionalInformation":"n"}'],
      ['409 ticket-ended', 'agent-1', '{"additionalInformation":"n"}', { 'if-match': '"2"' }],
    ]);
  });

  it('to a person who changes a ticket', async () => {
    const { ticket, end } = await shared();
    await end();
    await climb('PATCH', ticket, [
      ...unreadable('customer-2'),
      ['404 not-found', 'customer-2', invalid, stale],
      ['403 forbidden', 'customer-1', '{"status":"pending","other":"s3cret"}', stale],
      ['422 invalid', 'agent-1', invalid, stale],
      ['412 stale', 'agent-1', '{"status":"open"}', stale],
      ['409 closed-is-final', 'agent-1', '{"status":"open"}', { 'if-match': '"3"' }],
    ]);
  });

  it('to a person who opens a ticket', async () => {
    await climb('POST', '/v1/tickets', [
      ...unreadable('admin-1'),
      ['403 forbidden', 'admin-1', invalid],
      ['403 forbidden', 'customer-1', '{"requesterId":"customer-2","other":"s3cret"}'],
      ['422 invalid', 'customer-1', '{"other":"s3cret"}'],
      ['201', 'customer-1', '{"subject":"s"}'],
    ]);
  });

  it('to a person who replies, or who asks for credentials', async () => {
    const { ticket, end } = await shared();
    await end('resolved');
    await climb('POST', `${ticket}/replies`, [
      ...unreadable('customer-2'),
      ['404 not-found', 'customer-2', invalid],
      ['422 invalid', 'customer-1', invalid],
      ['201', 'customer-1', '{"body":"b"}'],
    ]);
    await climb('POST', `${ticket}/credential-requests`, [
      ...unreadable('customer-2'),
      ['404 not-found', 'customer-2', invalid],
      ['403 forbidden', 'agent-2', invalid],
      ['422 invalid', 'agent-1', invalid],
      ['409 ticket-ended', 'agent-1', '{}'],
    ]);
  });
});

describe('a request that was refused', () => {
  it('has changed nothing of the ticket, its replies, requests and credentials', async () => {
    const { ticket, credentials, one } = await shared();
    const places = [ticket, credentials, `${ticket}/replies`, `${ticket}/credential-requests`];
    const state = () =>
      Promise.all(
        places.map(async (path) => (await stage.raw('customer-1', 'GET', path)).body as unknown),
      );
    const before = await state();
    for (const [method, path, body] of [
      ['PATCH', ticket, '{"status":"closed","more":1}'],
      ['POST', credentials, '{"username":"u","password":"p","link":"x"}'],
      ['POST', `${ticket}/replies`, '{"body":""}'],
      ['POST', `${ticket}/credential-requests`, '{"message":7}'],
      ['PATCH', one, '{"additionalInformation":"n","username":"v"}'],
    ] as const)
      for (const actor of ['customer-1', 'customer-2', 'agent-1', 'agent-2', 'admin-1'])
        expect(
          (await stage.raw(actor, method, path, body, { 'if-match': '*' })).status,
        ).toBeGreaterThanOrEqual(403);
    expect(await state()).toEqual(before);
  });
});

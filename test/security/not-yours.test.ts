import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openStage, type RawAnswer, type Stage } from '../contract/stage.js';
import { SpanReceiver, type Span } from './span-receiver.js';

let stage: Stage;
let receiver: SpanReceiver;
let folder: string;
let theirs: { readonly ticket: string; readonly cid: string };
const nowhere: typeof theirs = { ticket: `/v1/tickets/${randomUUID()}`, cid: randomUUID() };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'not-yours-'));
  receiver = await SpanReceiver.start(folder);
  stage = await openStage({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_BSP_SCHEDULE_DELAY: '100', STANDING_LEASE_SECONDS: '0' });
  const { ticket, credentials } = await stage.ticket();
  const { body } = await stage.call('customer-1', 'POST', credentials, { username: 'u', password: 'p' });
  theirs = { ticket, cid: String(body.id) };
}, 120_000);
afterAll(async () => {
  await stage.stop();
  receiver.close();
  rmSync(folder, { recursive: true });
}, 30_000);

const secret = '{"username":"u","password":"p"}';
const calls: readonly (readonly [method: string, end: (cid: string) => string, body?: string])[] = [
  ['GET', () => ''],
  ['PATCH', () => '', '{"status":"closed"}'],
  ['GET', () => '/replies'],
  ['POST', () => '/replies', '{"body":"b"}'],
  ['GET', () => '/credentials'],
  ['POST', () => '/credentials', secret],
  ['GET', (cid) => `/credentials/${cid}`],
  ['POST', () => '/credentials/reveal'],
  ['POST', (cid) => `/credentials/${cid}/reveal`],
  ['PATCH', (cid) => `/credentials/${cid}`, '{"additionalInformation":"n"}'],
  ['DELETE', (cid) => `/credentials/${cid}`],
  ['GET', () => '/credential-requests'],
  ['POST', () => '/credential-requests'],
  ['DELETE', (cid) => `/credential-requests/${cid}`],
  ['GET', () => '/access-log'],
  ['GET', () => '/destruction-receipts'],
  ['GET', () => '/stream'],
];

interface Asked {
  readonly name: string;
  readonly traceId: string;
  readonly answer: RawAnswer;
}

async function ask(of: typeof theirs, [method, end, body]: (typeof calls)[number]): Promise<Asked> {
  const traceId = randomBytes(16).toString('hex');
  const headers = { traceparent: `00-${traceId}-${randomBytes(8).toString('hex')}-01`, 'if-match': '"1"', 'idempotency-key': 'k' };
  const answer = await stage.raw('customer-2', method, of.ticket + end(of.cid), body, headers);
  return { name: `${method} …${end('{cid}')}`, traceId, answer };
}

/** Batches of spans come a moment after what they tell of; here, when nothing has come for ten times as long as a batch waits. */
async function allSpans(): Promise<Span[]> {
  for (let [before, now] = [-1, receiver.spans().length]; before !== now; [before, now] = [now, receiver.spans().length])
    await sleep(1_000);
  return receiver.spans();
}

const attributeOf = ({ attributes }: Span, ...keys: string[]) => attributes.find(({ key }) => keys.includes(key))?.value.stringValue;

/** Which connection is taken, and whether it is a new one, is chance. */
const isChance = ({ name }: Span): boolean => /^(pg-pool\.connect|pg\.connect)/.test(name);

/** What was done for a request, in all services: each step, and each statement of SQL. */
const stepsOf = ({ traceId }: Asked, spans: readonly Span[]): string[] =>
  spans
    .filter((span) => span.traceId === traceId && !isChance(span))
    .map((span) => `${span.name} ${attributeOf(span, 'db.statement', 'db.query.text') ?? ''}`.trim())
    .sort();

/** All that a stranger gets to see, but for what is another each time. */
function seenOf({ answer: { status, headers, body } }: Asked): object {
  const id = headers['x-request-id'];
  return { status, headers: { ...headers, date: '', 'x-request-id': '' }, body: { ...body, requestId: body.requestId === id } };
}

describe("a stranger's request about what is somebody else's", () => {
  it('is answered and worked on exactly like one about what is not there', async () => {
    const pairs: [Asked, Asked][] = [];
    for (const call of calls) pairs.push([await ask(theirs, call), await ask(nowhere, call)]);
    const spans = await allSpans();
    for (const [yours, missing] of pairs) {
      expect([yours.name, yours.answer.status, seenOf(yours)]).toEqual([missing.name, 404, seenOf(missing)]);
      expect(stepsOf(yours, spans).join('\n')).toMatch(/SELECT/);
      expect([yours.name, stepsOf(yours, spans)]).toEqual([missing.name, stepsOf(missing, spans)]);
    }
  });
});

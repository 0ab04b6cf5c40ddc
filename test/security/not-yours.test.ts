import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openStage, type RawAnswer, type Stage } from '../contract/stage.js';
import { waitUntilPasses } from '../support/wait-for.js';
import { SpanReceiver, type Span } from './span-receiver.js';

let stage: Stage;
let receiver: SpanReceiver;
let folder: string;
let theirs: { readonly ticket: string; readonly cid: string };
const nowhere: typeof theirs = { ticket: `/v1/tickets/${randomUUID()}`, cid: randomUUID() };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'not-yours-'));
  receiver = await SpanReceiver.start(folder);
  stage = await openStage({
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    OTEL_BSP_SCHEDULE_DELAY: '100',
    STANDING_LEASE_SECONDS: '0',
  });
  const { ticket, credentials } = await stage.ticket();
  const { body } = await stage.call('customer-1', 'POST', credentials, {
    username: 'u',
    password: 'p',
  });
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
  /** Of what is the caller's, which nobody sends us. */
  readonly spanId: string;
  readonly answer: RawAnswer;
}

async function ask(
  of: typeof theirs,
  [method, end, body]: (typeof calls)[number],
  by = 'customer-2',
): Promise<Asked> {
  const [traceId, spanId] = [randomBytes(16).toString('hex'), randomBytes(8).toString('hex')];
  const headers = {
    traceparent: `00-${traceId}-${spanId}-01`,
    'if-match': '"1"',
    'idempotency-key': 'k',
  };
  const answer = await stage.raw(by, method, of.ticket + end(of.cid), body, headers);
  return { name: `${method} …${end('{cid}')}`, traceId, spanId, answer };
}

const attributeOf = ({ attributes }: Span, ...keys: string[]) =>
  attributes.find(({ key }) => keys.includes(key))?.value.stringValue;

/**
 * Spans come in batches, in the order in which they end in their service, so that of a
 * request comes after all that was done for it there. A trace is whole once that has come
 * for our own request, and for each that one service made of another.
 * @returns those for which it has not come
 */
function lackingIn({ name, traceId, spanId }: Asked, spans: readonly Span[]): string[] {
  const ours = spans.filter((span) => span.traceId === traceId);
  const served = ours.flatMap(({ kind, parentSpanId }) => (kind === 2 ? [parentSpanId] : []));
  const calls = ours.filter(
    (span) =>
      span.kind === 3 && attributeOf(span, 'http.request.method', 'http.method') !== undefined,
  );
  return [{ name: 'our own request', spanId }, ...calls]
    .filter((call) => !served.includes(call.spanId))
    .map((call) => `${name}: ${call.name}`);
}

function allSpans(asked: readonly Asked[]): Promise<Span[]> {
  return waitUntilPasses(() => {
    const spans = receiver.spans();
    expect(asked.flatMap((one) => lackingIn(one, spans))).toEqual([]);
    return Promise.resolve(spans);
  }, 60_000);
}

/** Which connection is taken, and whether it is a new one, is chance. */
const isChance = ({ name }: Span): boolean => /^(pg-pool\.connect|pg\.connect)/.test(name);

/** What was done for a request, in all services: each step, and each statement of SQL. */
const stepsOf = ({ traceId }: Asked, spans: readonly Span[]): string[] =>
  spans
    .filter((span) => span.traceId === traceId && !isChance(span))
    .map((span) =>
      `${span.name} ${attributeOf(span, 'db.statement', 'db.query.text') ?? ''}`.trim(),
    )
    .sort();

/** All that a stranger gets to see, but for what is another each time. */
function seenOf({ answer: { status, headers, body } }: Asked): object {
  const id = headers['x-request-id'];
  return {
    status,
    headers: { ...headers, date: '', 'x-request-id': '' },
    body: { ...body, requestId: body.requestId === id },
  };
}

describe("a stranger's request about what is somebody else's", () => {
  it('is answered and worked on exactly like one about what is not there', async () => {
    const pairs: [Asked, Asked][] = [];
    for (const call of calls) pairs.push([await ask(theirs, call), await ask(nowhere, call)]);
    const spans = await allSpans(pairs.flat());
    for (const [yours, missing] of pairs) {
      expect([yours.name, yours.answer.status, seenOf(yours)]).toEqual([
        missing.name,
        404,
        seenOf(missing),
      ]);
      expect(stepsOf(yours, spans).join('\n')).toMatch(/SELECT/);
      expect([yours.name, stepsOf(yours, spans)]).toEqual([missing.name, stepsOf(missing, spans)]);
    }
  }, 120_000);
});

describe('the trace of a request that is performed in a batch', () => {
  it('has the statements of the batch', async () => {
    const revealed = await ask(theirs, ['POST', () => '/credentials/reveal', '{}'], 'agent-1');
    expect(revealed.answer.status).toBe(200);
    const steps = stepsOf(revealed, await allSpans([revealed])).join('\n');
    expect(steps).toMatch(/FROM credential\b/);
    expect(steps).toMatch(/INSERT INTO access_log\b[^]*COMMIT/);
  }, 120_000);
});

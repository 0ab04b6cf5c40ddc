import { afterAll, describe, it } from '@jest/globals';
import fc from 'fast-check';
import { openStage, type Stage } from '../contract/stage.js';
import { OpenApiCheck } from '../support/openapi.js';
import {
  callsOf,
  type Call,
  type Document,
  operationsOf,
  type Operation,
} from './openapi-calls.js';

/**
 * The same every time, so that a failure is one again; another one by FUZZ_SEED. A
 * failure prints seed, path and the call.
 */
const seed = Number(process.env['FUZZ_SEED'] ?? 20_261_125);
const runsForEach = Number(process.env['FUZZ_RUNS'] ?? 30);

const stage: Stage = await openStage();
const document = (await (await fetch(new URL('/openapi.json', stage.url))).json()) as Document;
const check = new OpenApiCheck(document as never);
const marker = 'zQ7fuzzed';
afterAll(() => stage.stop(), 30_000);

/** What a call may be about; fresh for each operation, since some end it. */
async function makeSomething() {
  const { ticket, credentials } = await stage.ticket();
  const secret = { username: 'u', password: 'p' };
  const [credential, request] = [
    await stage.call('customer-1', 'POST', credentials, secret),
    await stage.call('agent-1', 'POST', `${ticket}/credential-requests`, {}),
  ];
  return {
    ticketId: ticket.slice('/v1/tickets/'.length),
    credentialId: String(credential.body.id),
    requestId: String(request.body.id),
  };
}

/** @throws where an answer is not as anybody may expect it of any request */
async function judge({ actor, method, path, headers, body }: Call): Promise<void> {
  const answer = await stage.raw(actor, method, path, body, headers);
  const say = (fault: string) =>
    new Error(`${fault}: ${answer.status} ${answer.text.slice(0, 500)}`);
  if (answer.status >= 500) throw say('a fault of ours');
  if (/\bat .+:\d+:\d+|node_modules|SELECT |syntax error|ECONN/.test(answer.text))
    throw say('tells of the inside');
  if (answer.status >= 400 && JSON.stringify([answer.text, answer.headers]).includes(marker))
    throw say('repeats what was sent');
  check.requireDescribed({
    method,
    path,
    status: answer.status,
    contentType: answer.headers['content-type'] ?? null,
    body: answer.body,
  });
}

/** A stream has no end; there are tests of its own for it. */
const operations = operationsOf(document).filter(({ path }) => !/\/streams?$/.test(path));

describe('whatever is sent to a route of the OpenAPI document', () => {
  it.each(
    operations.map((operation) => [`${operation.method} ${operation.path}`, operation] as const),
  )(
    '%s answers as the document says, with no fault, no stack and no echo',
    async (_name, operation: Operation) => {
      const there = await makeSomething();
      const property = fc.asyncProperty(callsOf(operation, { marker, there }), judge);
      await fc.assert(property, { seed, numRuns: runsForEach, endOnFailure: true });
    },
    120_000,
  );
});

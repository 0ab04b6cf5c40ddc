import { beforeAll, describe, expect, it } from '@jest/globals';
import { type Document, type Operation, operationsOf } from '../../security/openapi-calls.js';
import { type RawAnswer, sendRaw } from '../stage.js';
import { stage } from './shared-stage.js';

let operations: Operation[];
beforeAll(async () => {
  operations = operationsOf((await stage.raw(null, 'GET', '/openapi.json')).body as Document);
}, 120_000);

type Ids = Readonly<Record<string, string>>;

/** A ticket of customer-1, on which agent-1 works, with a credential and a request. */
async function somethingThere(): Promise<Ids> {
  const { ticket, credentials } = await stage.ticket();
  const made = async (actor: string, path: string, body: string) =>
    (await stage.raw(actor, 'POST', path, body)).body.id as string;
  const credentialId = await made('customer-1', credentials, '{"username":"u","password":"p"}');
  const requestId = await made('agent-1', `${ticket}/credential-requests`, '{}');
  return { ticketId: ticket.split('/').at(-1) ?? '', credentialId, requestId };
}

/** A body that a route takes, by the end of its path. */
const right: Readonly<Record<string, string>> = {
  tickets: '{"subject":"s"}',
  '{ticketId}': '{"status":"pending"}',
  replies: '{"body":"b"}',
  credentials: '{"username":"u","password":"p"}',
  '{credentialId}': '{"additionalInformation":"n"}',
};

interface Try {
  readonly actor: string | null;
  readonly body?: string | undefined;
  readonly headers?: Record<string, string>;
  readonly query?: string;
}

/** Whatever may be right or wrong with a call. */
function triesOf({ path, body }: Operation): readonly Try[] {
  const good = body && (right[path.split('/').at(-1) ?? ''] ?? '{}');
  const people = ['customer-1', 'agent-1', 'admin-1', 'customer-2', 'agent-2', null];
  const wrong = ['{', '{"wrong":1}', `"${'x'.repeat(200_000)}"`].map((text) => ({
    actor: 'agent-1',
    body: text,
  }));
  return [
    ...people.map((actor) => ({ actor, body: good })),
    ...(body === undefined ? [] : wrong),
    { actor: 'agent-1', body: 'x', headers: { 'content-type': 'text/plain' } },
    { actor: 'agent-1', body: good, headers: { 'if-match': '"99"' } },
    { actor: 'agent-1', body: good, headers: { 'if-match': '*' } },
    { actor: 'agent-1', query: '?limit=none' },
    { actor: 'agent-1', headers: { authorization: 'Bearer x.y.z' } },
  ];
}

/** Of what does not end by itself only the head is asked for. */
const isStream = ({ path }: Operation): boolean => /\/streams?$/.test(path);
const methodOf = (operation: Operation): string =>
  isStream(operation) ? 'HEAD' : operation.method;
const isStreamed = (operation: Operation, { status }: RawAnswer): boolean =>
  isStream(operation) && status === 200;

/** What a route cannot do without. */
const queryOf = ({ path }: Operation, { ticketId = '' }: Ids): string =>
  path === '/v1/streams' ? `?tickets=${ticketId}` : '';

/**
 * @returns what was answered by any route: its status, and whether a cache may keep it
 */
async function walk(ids: Ids): Promise<string[]> {
  const seen: string[] = [];
  for (const operation of operations.toSorted(
    (one, other) => Number(one.method === 'DELETE') - Number(other.method === 'DELETE'),
  ))
    for (const { actor, body, headers, query = queryOf(operation, ids) } of triesOf(operation)) {
      const path =
        operation.path.replace(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? '') + query;
      const answer = await stage.raw(actor, methodOf(operation), path, body, headers);
      const wanted = isStreamed(operation, answer) ? 'no-store, no-transform' : 'no-store';
      const kept =
        answer.headers['cache-control'] === wanted
          ? ''
          : ` may be kept: ${operation.method} ${path}`;
      seen.push(`${answer.status}${kept}`);
    }
  return [...new Set(seen)].sort();
}

describe('no cache may keep', () => {
  it('an answer of any route that the OpenAPI document names, whatever its status', async () => {
    const there = await somethingThere();
    const nowhere = {
      ticketId: 'nowhere',
      credentialId: '01a20a18-395e-70ff-99d1-3003789e4ea2',
      requestId: 'x',
    };
    const seen = new Set([...(await walk(there)), ...(await walk(nowhere))]);
    await stage.raw(
      'agent-1',
      'PATCH',
      `/v1/tickets/${there['ticketId'] ?? ''}`,
      '{"status":"closed"}',
    );
    for (const status of await walk(there)) seen.add(status);
    expect(operations.length).toBeGreaterThan(14);
    const statuses = [
      '200',
      '201',
      '204',
      '400',
      '401',
      '403',
      '404',
      '409',
      '412',
      '413',
      '415',
      '422',
      '428',
    ];
    expect([...seen].sort()).toEqual(statuses);
    // Some 800 calls, one after the other.
  }, 120_000);

  it('an answer to what is no route, or is none of HTTP', async () => {
    for (const [method, path] of [
      ['GET', '/v1/nothing'],
      ['PUT', '/v1/tickets'],
      ['GET', '/v1/%zz'],
      ['OPTIONS', '/v1/tickets'],
      ['GET', '/nothing'],
      ['GET', '/me.json'],
      ['GET', '/sign-in.json'],
      ['GET', '/docs'],
      ['GET', '/docs/swagger-ui-bundle.js'],
      ['POST', '/dev/token'],
    ] as const)
      for (const actor of [null, 'agent-1'])
        expect([path, (await stage.raw(actor, method, path)).headers['cache-control']]).toEqual([
          path,
          'no-store',
        ]);
  });

  it.each(['gateway', 'tickets', 'credentials'] as const)(
    'what the service %s says of itself',
    async (service) => {
      const url = {
        gateway: stage.url,
        tickets: stage.ticketsUrl,
        credentials: stage.credentialsUrl,
      }[service];
      for (const path of [
        '/livez',
        '/readyz',
        '/metrics',
        '/nothing',
        '/internal/nothing',
        '/v1/tickets/x',
      ]) {
        const { status, headers } = await sendRaw(url, { method: 'GET', path });
        expect([path, status, headers['cache-control']]).toEqual([
          path,
          expect.any(Number),
          'no-store',
        ]);
      }
    },
  );

  it('the public keys of receipts for longer than a minute', async () => {
    const { status, headers } = await stage.raw(null, 'GET', '/.well-known/receipt-keys.json');
    expect([status, headers['cache-control']]).toEqual([200, 'public, max-age=60']);
  });
});

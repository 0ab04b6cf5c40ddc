import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { answer, createApi, newIdempotencyKey } from './client.js';

interface Seen {
  readonly request: Request;
  readonly body: string;
}

const baseUrl = 'https://api.example';
let seen: Seen[];
/** What comes back, one after the other; 200 where nothing is left. */
let answers: (() => Response)[];
beforeEach(() => {
  [seen, answers] = [[], []];
  jest.spyOn(globalThis, 'fetch').mockImplementation(async (input) => {
    const request = input as Request;
    seen.push({ request, body: await request.text() });
    return answers.shift()?.() ?? new Response('{"id":"1"}');
  });
});
afterEach(() => {
  jest.restoreAllMocks();
});

const refusal = () => new Response(null, { status: 401 });
const headersOf = ({ request }: Seen) => Object.fromEntries(request.headers);

describe('createApi', () => {
  it('a call sends its path, query, headers and body exactly as given', async () => {
    const api = createApi({ baseUrl: `${baseUrl}/`, token: 'T' });
    const params = { path: { ticketId: 'legacy:4711' }, header: { 'Idempotency-Key': 'k' } };
    const body = { username: ' \u0000', password: '\r\n🔑' };
    await answer(api.POST('/v1/tickets/{ticketId}/credentials', { params, body }));
    await answer(
      api.GET('/v1/tickets', { params: { query: { status: 'open', limit: 5, cursor: 'a b&c' } } }),
    );
    const [post, get] = seen;
    expect([post!.request.method, post!.request.url]).toEqual([
      'POST',
      `${baseUrl}/v1/tickets/legacy%3A4711/credentials`,
    ]);
    expect(headersOf(post!)).toEqual({
      authorization: 'Bearer T',
      'idempotency-key': 'k',
      'content-type': 'application/json',
    });
    expect(JSON.parse(post!.body)).toEqual(body);
    expect(get!.request.url).toBe(`${baseUrl}/v1/tickets?status=open&limit=5&cursor=a+b%26c`);
  });

  it('a refused token is replaced once, and the same request is sent again', async () => {
    answers = [refusal];
    const needs: string[] = [];
    const token = (need: string) => `T${needs.push(need)}`;
    const api = createApi({ baseUrl, token });
    await answer(api.POST('/v1/tickets', { body: { subject: 's' } }));
    expect(needs).toEqual(['request', 'expired']);
    expect(seen.map(({ request, body }) => [request.headers.get('authorization'), body])).toEqual([
      ['Bearer T1', '{"subject":"s"}'],
      ['Bearer T2', '{"subject":"s"}'],
    ]);
  });

  it('the source of tokens is told if a good token needs a newer sign-in', async () => {
    const challenge = 'Bearer error="insufficient_user_authentication", max_age="600"';
    answers = [
      () => new Response(null, { status: 401, headers: { 'www-authenticate': challenge } }),
    ];
    const needs: string[] = [];
    await answer(
      createApi({ baseUrl, token: (need) => `T${needs.push(need)}` }).GET('/v1/tickets'),
    );
    expect(needs).toEqual(['request', 'sign-in']);
  });

  it('a refused call, and one without an answer, throw a problem', async () => {
    answers = [refusal, refusal];
    const refused = createApi({ baseUrl, token: () => 'T' }).GET('/v1/tickets');
    await expect(answer(refused)).rejects.toMatchObject({ code: 'unauthenticated', status: 401 });
    jest.mocked(fetch).mockRejectedValue(new TypeError('Failed to fetch'));
    await expect(
      answer(createApi({ baseUrl, token: 'T' }).GET('/v1/tickets')),
    ).rejects.toMatchObject({ code: 'unreachable' });
  });

  it('a path, field or option that the OpenAPI document lacks does not compile', () => {
    const { GET, POST } = createApi({ baseUrl, token: 'T' });
    const path = { ticketId: 't' };
    const body = { username: 'root' };
    const mistakes = [
      // @ts-expect-error no such path
      () => GET('/v1/nothing'),
      // @ts-expect-error no such method there
      () => POST('/v1/tickets/{ticketId}', { params: { path } }),
      // @ts-expect-error a path of which a part is missing
      () => GET('/v1/tickets/{ticketId}'),
      // @ts-expect-error a query that is not known
      () => GET('/v1/tickets', { params: { query: { state: 'open' } } }),
      // @ts-expect-error a body without what is required
      () => POST('/v1/tickets/{ticketId}/credentials', { params: { path }, body }),
      // @ts-expect-error a body where none is taken
      () => GET('/v1/tickets', { body: {} }),
      // @ts-expect-error an option of other clients
      () => GET('/v1/tickets', { parseAs: 'text' }),
    ];
    expect(mistakes).toHaveLength(7);
  });

  it('an answer that stalls after its beginning is given up', async () => {
    const patience = new AbortController();
    jest.spyOn(AbortSignal, 'timeout').mockReturnValue(patience.signal);
    jest.mocked(fetch).mockImplementation((_, init) => {
      const start = (body: ReadableStreamDefaultController) => {
        init?.signal?.addEventListener('abort', () => {
          body.error(new DOMException('', 'TimeoutError'));
        });
      };
      setTimeout(() => {
        patience.abort();
      }, 5);
      return Promise.resolve(new Response(new ReadableStream({ start })));
    });
    await expect(
      answer(createApi({ baseUrl, token: 'T' }).GET('/v1/tickets')),
    ).rejects.toMatchObject({ code: 'unreachable' });
  });

  it('an answer without a body is undefined', async () => {
    answers = [() => new Response(null, { status: 204 })];
    const path = { ticketId: 't', credentialId: 'c' };
    const call = createApi({ baseUrl, token: 'T' }).DELETE(
      '/v1/tickets/{ticketId}/credentials/{credentialId}',
      { params: { path } },
    );
    await expect(answer(call)).resolves.toBeUndefined();
  });
});

it('every idempotency key is a new one', () => {
  expect(new Set(Array.from({ length: 100 }, newIdempotencyKey)).size).toBe(100);
});

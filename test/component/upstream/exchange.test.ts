import { type IncomingMessage } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Problem } from '#problem';
import { askJson, forward } from '#upstream';
import { closeAll, replica, upstreamOf } from './replicas.fixture.js';

afterEach(closeAll);

describe('forward', () => {
  it('passes on what is on the lists, and nothing else, in both directions', async () => {
    const seen: IncomingMessage['headers'][] = [];
    const one = await replica((request, response) => {
      seen.push(request.headers);
      response
        .writeHead(201, {
          etag: '"1"',
          location: '/x',
          'set-cookie': 'a=b',
          server: 'x',
          'x-powered-by': 'x',
        })
        .end('{}');
    });
    const headers = {
      authorization: 'Bearer t',
      cookie: 'c',
      'x-client-address': '6.6.6.6',
      traceparent: '00-1-2-00',
      'if-match': '"1"',
    };
    const answer = await forward(upstreamOf([one.url]), {
      method: 'GET',
      path: '/',
      headers,
      body: undefined,
      extra: { 'x-request-id': 'r' },
    });
    expect(answer).toMatchObject({ status: 201, headers: { etag: '"1"', location: '/x' } });
    expect(Object.keys(answer.headers)).toEqual(['etag', 'location']);
    expect(seen[0]).toMatchObject({
      authorization: 'Bearer t',
      traceparent: '00-1-2-00',
      'if-match': '"1"',
      'x-request-id': 'r',
    });
    expect(Object.keys(seen[0] ?? {}).sort()).toEqual([
      'authorization',
      'connection',
      'host',
      'if-match',
      'traceparent',
      'x-request-id',
    ]);
  });
});

describe('askJson', () => {
  const parse = (document: unknown) => {
    if (document !== 42) throw new Error('not 42');
    return document;
  };
  const hand = (given: readonly string[]) => {
    const [left, calls] = [[...given], [] as string[]];
    return {
      calls,
      get: () => Promise.resolve(left[0] ?? ''),
      accepted: () => void calls.push('accepted'),
      refused: (token: string) => {
        calls.push(`refused ${token}`);
        return left.length > 1 && left.shift() !== undefined;
      },
    };
  };
  const ask = (url: URL, tokens = hand(['t'])) =>
    askJson(upstreamOf([url]), {
      method: 'POST',
      path: '/internal/x',
      body: { ids: [] },
      tokens,
      parse,
    });

  it('gives the answer that it has parsed', async () => {
    const one = await replica((_request, response) => response.end('42'));
    expect(await ask(one.url)).toBe(42);
  });

  it('takes any other answer for none', async () => {
    for (const [status, body] of [
      [200, '43'],
      [200, '<html>'],
      [404, '42'],
      [500, '42'],
    ] as const) {
      const one = await replica((_request, response) => response.writeHead(status).end(body));
      await expect(ask(one.url)).rejects.toMatchObject({
        name: Problem.name,
        status: 503,
        code: 'unavailable',
      });
    }
  });

  it.each([401, 403])(
    'asks once more, with another token, where one is refused by %i',
    async (status) => {
      const one = await replica(({ headers }, response) =>
        response.writeHead(headers.authorization === 'Bearer good' ? 200 : status).end('42'),
      );
      const tokens = hand(['bad', 'good']);
      expect(await ask(one.url, tokens)).toBe(42);
      expect(tokens.calls).toEqual(['refused bad', 'accepted']);
      const badOnly = hand(['bad', 'bad', 'good']);
      await expect(ask(one.url, badOnly)).rejects.toMatchObject({ code: 'unavailable' });
      expect(badOnly.calls).toEqual(['refused bad', 'refused bad']);
      const noOther = hand(['bad']);
      await expect(ask(one.url, noOther)).rejects.toMatchObject({ code: 'unavailable' });
      expect([noOther.calls, one.requests]).toEqual([['refused bad'], 5]);
    },
  );
});

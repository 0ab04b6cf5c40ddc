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
      response.writeHead(201, { etag: '"1"', location: '/x', 'set-cookie': 'a=b', server: 'x', 'x-powered-by': 'x' }).end('{}');
    });
    const headers = { authorization: 'Bearer t', cookie: 'c', 'x-client-address': '6.6.6.6', traceparent: '00-1-2-00', 'if-match': '"1"' };
    const answer = await forward(upstreamOf([one.url]), {
      method: 'GET',
      path: '/',
      headers,
      body: undefined,
      extra: { 'x-request-id': 'r' },
    });
    expect(answer).toMatchObject({ status: 201, headers: { etag: '"1"', location: '/x' } });
    expect(Object.keys(answer.headers)).toEqual(['etag', 'location']);
    expect(seen[0]).toMatchObject({ authorization: 'Bearer t', traceparent: '00-1-2-00', 'if-match': '"1"', 'x-request-id': 'r' });
    expect(Object.keys(seen[0] ?? {}).sort()).toEqual(['authorization', 'connection', 'host', 'if-match', 'traceparent', 'x-request-id']);
  });
});

describe('askJson', () => {
  const parse = (document: unknown) => {
    if (document !== 42) throw new Error('not 42');
    return document;
  };
  const ask = (url: URL) => askJson(upstreamOf([url]), { method: 'POST', path: '/internal/x', body: { ids: [] }, token: 't', parse });

  it('gives the parsed answer', async () => {
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
      await expect(ask(one.url)).rejects.toMatchObject({ name: Problem.name, status: 503, code: 'unavailable' });
    }
  });
});

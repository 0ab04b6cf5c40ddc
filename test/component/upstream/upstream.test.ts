import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type Upstream, type UpstreamRequest } from '#upstream';
import { closeAll, dead, named, replica, upstreamOf } from './replicas.fixture.js';

afterEach(closeAll);

const get: UpstreamRequest = { method: 'GET', path: '/', headers: {} };
const post: UpstreamRequest = { method: 'POST', path: '/', headers: {}, body: Buffer.from('{}') };
const textOf = async (upstream: Upstream, request = get) =>
  (await upstream.request(request)).body.toString();
const unavailable = { status: 503, code: 'unavailable', headers: { 'retry-after': '2' } };

describe('Upstream', () => {
  it('shares requests out among replicas', async () => {
    const [a, b] = [await named('a'), await named('b')];
    const upstream = upstreamOf([a.url, b.url]);
    const answers = await Promise.all(Array.from({ length: 10 }, () => textOf(upstream)));
    expect(answers.filter((answer) => answer === 'a')).toHaveLength(5);
  });

  it('takes the next replica when one does not accept connections, for any method', async () => {
    const living = await named('living');
    const upstream = upstreamOf([await dead(), living.url, await dead()]);
    for (const request of [get, post, get, post])
      expect(await textOf(upstream, request)).toBe('living');
    expect(living.requests).toBe(4);
  });

  it('answers 503 with Retry-After when no replica can be reached, and finds one that comes back', async () => {
    const gone = await dead();
    const upstream = upstreamOf([gone]);
    await expect(upstream.request(post)).rejects.toMatchObject(unavailable);
    const back = createServer((_request, response) => response.end('back'));
    await new Promise<void>((resolve) => back.listen(Number(gone.port), '127.0.0.1', resolve));
    expect(await textOf(upstream, post)).toBe('back');
    back.close();
    back.closeAllConnections();
  });

  it('reads the longest page there may be, and of an answer without an end no more than some of it', async () => {
    const page = 'x'.repeat(100 * 10_000 * 6);
    expect(await textOf(upstreamOf([(await named(page)).url]))).toBe(page);
    let sent = 0;
    const endless = await replica((_request, response) => {
      const more = (): void => {
        if (response.destroyed) return;
        sent += 1;
        response.write(Buffer.alloc(1024 * 1024), more);
      };
      more();
    });
    await expect(upstreamOf([endless.url]).request(get)).rejects.toMatchObject(unavailable);
    expect(sent).toBeLessThan(64);
  });

  it('keeps connections for later requests', async () => {
    const one = await named('one');
    const upstream = upstreamOf([one.url]);
    for (let count = 0; count < 20; count += 1) await textOf(upstream);
    expect(one.requests).toBe(20);
    expect(one.connections).toBeLessThanOrEqual(2);
  });

  it('repeats a GET whose connection broke, and never a request that may have been done', async () => {
    const breaking = await replica((request, response) =>
      breaking.requests === 1 ? request.socket.destroy() : response.end('second'),
    );
    expect(await textOf(upstreamOf([breaking.url]))).toBe('second');
    breaking.requests = 0;
    await expect(upstreamOf([breaking.url]).request(post)).rejects.toMatchObject(unavailable);
    expect(breaking.requests).toBe(1);
  });

  it('repeats a question whose connection broke, by whatever method it is asked', async () => {
    const [breaking, living] = [
      await replica((request) => request.socket.destroy()),
      await named('living'),
    ];
    const upstream = upstreamOf([breaking.url, living.url]);
    const question = { ...post, isQuestion: true };
    for (let asked = 0; asked < 4; asked += 1)
      expect(await textOf(upstream, question)).toBe('living');
  });

  it('passes over a replica that gave no answer, while there is another', async () => {
    const [silent, living] = [await replica(() => undefined), await named('living')];
    const upstream = upstreamOf([silent.url, living.url], 200);
    const answers = await Promise.allSettled([textOf(upstream, post), textOf(upstream, post)]);
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    for (let asked = 0; asked < 4; asked += 1) expect(await textOf(upstream, post)).toBe('living');
    expect(silent.requests).toBe(1);
  });

  it('does not wait longer than it was told to', async () => {
    const silent = await replica(() => undefined);
    await expect(upstreamOf([silent.url], 100).request(post)).rejects.toMatchObject(unavailable);
  });

  it('finds a host by its name, whichever of its addresses answers', async () => {
    const one = await named('one');
    const upstream = upstreamOf([new URL(`http://localhost:${one.url.port}`)]);
    expect(await textOf(upstream, post)).toBe('one');
  });
});

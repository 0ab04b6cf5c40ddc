import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Gateway, startGateway } from './gateway.fixture.js';

const index = '<!doctype html><title>desk</title>';
const script = 'export const words = "calm and quick";'.repeat(50);
const files = {
  'web/index.html': index,
  'web/assets/page-1a2b.js': script,
  'web/embed/private-credentials.js': script,
  'secret.txt': 'no',
};

let folder: string;
let gateway: Gateway;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'page-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
});
afterEach(() => gateway.close());
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const started = async (environment?: Record<string, string>) =>
  (gateway = await startGateway(environment, join(folder, 'web')));

/** fetch would tidy the path, and unpack what was packed. */
const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  new Promise<{ status: number | undefined; headers: IncomingMessage['headers']; bytes: Buffer }>(
    (resolve, reject) => {
      const { hostname, port } = new URL(gateway.url);
      httpRequest({ hostname, port, path, method, headers, agent: false }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => {
          resolve({
            status: answer.statusCode,
            headers: answer.headers,
            bytes: Buffer.concat(chunks),
          });
        });
      })
        .on('error', reject)
        .end();
    },
  );

describe('the page', () => {
  it('answers at its own places, and catches no others', async () => {
    await started();
    for (const path of [
      '/',
      '/new',
      '/tickets/01a20a76',
      '/tickets/legacy:4711?view=credentials',
      '/signed-in?code=x',
    ]) {
      const { status, headers, bytes } = await get(path);
      expect([path, status, headers['content-type'], bytes.toString()]).toEqual([
        path,
        200,
        'text/html; charset=utf-8',
        index,
      ]);
    }
    expect((await get('/', {}, 'HEAD')).status).toBe(200);
    for (const path of [
      '/tickets/a/b',
      '/tickets',
      '/nothing',
      '/assets',
      '/assets/',
      '/assets/page.js',
      '/index.html/x',
    ]) {
      const { status, headers } = await get(path);
      expect([path, status, headers['content-type']]).toEqual([
        path,
        404,
        'application/problem+json; charset=utf-8',
      ]);
    }
    expect((await get('/v1/nothing')).status).toBe(401);
    expect((await get('/docs')).bytes.toString()).not.toBe(index);
  });

  it('serves what was built and nothing beside it, whatever the path', async () => {
    await started();
    for (const path of [
      '/../secret.txt',
      '/assets/../../secret.txt',
      '/assets/%2e%2e/%2e%2e/secret.txt',
      '/..%2fsecret.txt',
      '/secret.txt',
    ])
      expect([path, (await get(path)).status]).toEqual([path, 404]);
  });

  it('lets browsers keep hashed files for good, and asks them to ask again about all others', async () => {
    await started();
    expect((await get('/assets/page-1a2b.js')).headers['cache-control']).toBe(
      'public, max-age=31536000, immutable',
    );
    for (const path of ['/', '/embed/private-credentials.js']) {
      const { headers } = await get(path);
      expect([path, headers['cache-control']]).toEqual([path, 'public, no-cache']);
      const again = await get(path, { 'if-none-match': `"other", ${headers.etag ?? ''}` });
      expect([path, again.status, again.bytes.length, again.headers.etag]).toEqual([
        path,
        304,
        0,
        headers.etag,
      ]);
      for (const tag of [headers.etag?.slice(2), headers.etag?.replace(/"$/, '-gzip"'), '*'])
        expect([tag, (await get(path, { 'if-none-match': tag ?? '' })).status]).toEqual([tag, 304]);
      expect((await get(path, { 'if-none-match': '"other"' })).status).toBe(200);
    }
  });

  it('comes packed as the browser can unpack it', async () => {
    await started();
    const packed = async (accepted: string) => {
      const { headers, bytes } = await get('/assets/page-1a2b.js', { 'accept-encoding': accepted });
      expect(headers.vary).toContain('Accept-Encoding');
      return [headers['content-encoding'], bytes] as const;
    };
    const [br, brotli] = await packed('gzip, deflate, br');
    expect([br, brotliDecompressSync(brotli).toString()]).toEqual(['br', script]);
    const [gzip, gzipped] = await packed('gzip;q=0.5, br;q=0');
    expect([gzip, gunzipSync(gzipped).toString()]).toEqual(['gzip', script]);
    const [none, plain] = await packed('identity');
    expect([none, plain.toString()]).toEqual([undefined, script]);
  });

  it('forbids itself everything inline, foreign or made of strings', async () => {
    await started();
    const policy = (await get('/')).headers['content-security-policy'];
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self';");
    expect(policy).toContain("connect-src 'self';");
    expect(policy).toContain("require-trusted-types-for 'script'; trusted-types lit-html");
    expect(policy).not.toContain('unsafe');
  });

  it('says what to do where it was not built, and the API goes on', async () => {
    gateway = await startGateway();
    const { status, bytes } = await get('/tickets/x');
    expect([status, bytes.toString()]).toEqual([503, expect.stringContaining('npm run build')]);
    expect((await get('/docs')).status).toBe(200);
  });
});

describe('the element for other pages', () => {
  it('may be loaded by pages of the named origins', async () => {
    await started({ CORS_ORIGINS: 'https://desk.example' });
    const from = async (origin: string) =>
      (await get('/embed/private-credentials.js', { origin })).headers;
    const allowed = await from('https://desk.example');
    expect([allowed['access-control-allow-origin'], allowed.vary]).toEqual([
      'https://desk.example',
      'Origin, Accept-Encoding',
    ]);
    expect((await from('https://evil.example'))['access-control-allow-origin']).toBeUndefined();
  });
});

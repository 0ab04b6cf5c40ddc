import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Issuer } from '../component/identity/issuer.fixture.js';
import { type System } from '../e2e/system.js';
import { startWithIssuer } from '../security/with-issuer.js';
import { HttpProxy } from '../support/http-proxy.js';
import { sendRaw } from './stage.js';

let issuer: Issuer;
let system: System;
beforeAll(async () => {
  issuer = await Issuer.start();
  system = await startWithIssuer(issuer);
}, 120_000);
afterAll(async () => {
  await system.stop();
  await issuer.stop();
}, 30_000);

/** @param size of the token, in bytes, nearly: whatever else is in it has some 600 */
async function bearer(size = 600): Promise<string> {
  const exp = Math.floor(Date.now() / 1000) + 600;
  const groups = 'x'.repeat(((size - 600) * 3) / 4);
  const claims = { sub: 'customer-1', roles: ['customer'], exp, groups };
  return `Bearer ${await issuer.sign(claims)}`;
}

interface Heard {
  readonly text: string;
  /** How many bytes were sent before the server had closed. */
  readonly sent: number;
}

/**
 * Sends a head, then more every so many ms as long as the server is there,
 * and never closes by itself.
 */
async function speak(head: string, more: Buffer, every = 0): Promise<Heard> {
  const socket = connect({
    port: Number(new URL(system.url).port),
    host: '127.0.0.1',
    allowHalfOpen: true,
  });
  let [text, sent] = ['', 0];
  socket.on('data', (chunk) => (text += String(chunk)));
  socket.on('error', () => undefined);
  const feed = (): void => {
    if (!socket.writable) return;
    sent += more.length;
    socket.write(more, () => setTimeout(feed, every));
  };
  socket.write(head, feed);
  await new Promise((resolve) => socket.once('close', resolve));
  return { text, sent };
}

describe('a body over the limit', () => {
  const services = ['gateway', 'tickets', 'credentials'] as const;

  it.each(services)(
    'is 413 for the %s, and none of its connections breaks under a proxy that is still sending',
    async (service) => {
      const proxy = await HttpProxy.to(
        { gateway: system.url, tickets: system.ticketsUrl, credentials: system.credentialsUrl }[
          service
        ],
      );
      const path = service === 'credentials' ? '/v1/tickets/x/credentials' : '/v1/tickets';
      const headers = { authorization: await bearer(), 'content-type': 'application/json' };
      const body = Buffer.alloc(3_000_000, ' ');
      const answers = await Promise.all(
        Array.from({ length: 8 }, () =>
          sendRaw(proxy.url, { method: 'POST', path, headers, body }),
        ),
      );
      await proxy.close();
      expect(answers.map((answer) => `${answer.status} ${answer.body?.code}`)).toEqual(
        Array(8).fill('413 too-large'),
      );
    },
  );

  it('is not read for ever', async () => {
    const head =
      `POST /v1/tickets HTTP/1.1\r\nHost: x\r\nAuthorization: ${await bearer()}\r\n` +
      'Content-Type: application/json\r\n';
    const size = 1_000_000_000;
    const { sent } = await speak(
      `${head}Content-Length: ${size}\r\n\r\n`,
      Buffer.alloc(64 * 1024, ' '),
    );
    expect(sent).toBeLessThan(size / 20);
  });
});

describe('headers', () => {
  const head = 'GET /v1/tickets HTTP/1.1\r\nHost: x\r\n';

  it.each([8_000, 11_000, 14_000])(
    'may hold a token of %i bytes, on the whole way to its owner',
    async (size) => {
      const authorization = await bearer(size);
      expect(Math.abs(authorization.length - size)).toBeLessThan(300);
      const { status, body } = await sendRaw(system.url, {
        method: 'POST',
        path: '/v1/tickets',
        headers: { authorization, 'content-type': 'application/json' },
        body: '{"subject":"s"}',
      });
      const credentials = await sendRaw(system.url, {
        method: 'GET',
        path: `/v1/tickets/${body.id}/credentials`,
        headers: { authorization },
      });
      expect([status, credentials.status]).toEqual([201, 200]);
    },
  );

  it('over 16 KiB are 431, with a problem, and the connection ends though the client goes on', async () => {
    const { text } = await speak(`${head}X: ${'x'.repeat(17_000)}`, Buffer.from('x'), 100);
    const [answer = '', body = ''] = text.split('\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 431 Request Header Fields Too Large\r\n/);
    expect(JSON.parse(body)).toMatchObject({
      status: 431,
      code: 'headers-too-large',
      title: expect.any(String),
    });
    expect(answer).toContain('\r\nCache-Control: no-store\r\n');
  });
});

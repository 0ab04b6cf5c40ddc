import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openStage, type Stage } from '../contract/stage.js';
import { People } from '../support/api.js';

let stage: Stage;
let ticket: string;
let token: string;
let foreign: string;
beforeAll(async () => {
  stage = await openStage();
  ({ ticket } = await stage.ticket());
  const people = new People(stage.url);
  [token = '', foreign = ''] = await Promise.all(
    ['customer-1', 'customer-2'].map(
      async (name) => (await people.authorization(name)).authorization,
    ),
  );
}, 120_000);
afterAll(() => stage.stop(), 30_000);

/** Sends bytes as they are. @returns everything that came back until the server closed */
async function speak(bytes: string): Promise<string> {
  const socket = connect(Number(new URL(stage.url).port), '127.0.0.1');
  let received = '';
  socket.on('data', (chunk) => (received += String(chunk)));
  socket.on('error', () => undefined);
  socket.write(bytes, 'latin1');
  await once(socket, 'close');
  return received;
}

const statusesOf = (heard: string) =>
  [...heard.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));

/**
 * What a front that reads the lengths otherwise would take for the
 * body of the first request.
 */
const hidden = () =>
  `PATCH ${ticket} HTTP/1.1\r\nHost: x\r\nAuthorization: ${token}\r\n` +
  'Content-Length: 19\r\nContent-Type: application/json\r\n\r\n{"status":"closed"}';

const framings: Readonly<Record<string, (body: string) => string>> = {
  'a length and chunks': (body) =>
    `Content-Length: ${body.length + 5}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${body}`,
  'chunks and a length': (body) =>
    `Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n${body}`,
  'two lengths': (body) => `Content-Length: 0\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  'two lengths in one': (body) => `Content-Length: 0, ${body.length}\r\n\r\n${body}`,
  'a signed length': (body) => `Content-Length: +${body.length}\r\n\r\n${body}`,
  'a negative length': (body) => `Content-Length: -1\r\n\r\n${body}`,
  'a hexadecimal length': (body) => `Content-Length: 0x0\r\n\r\n${body}`,
  'chunks that are not the last coding': (body) =>
    `Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${body}`,
  'chunks twice': (body) =>
    `Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n${body}`,
  'a coding that only looks like chunks': (body) =>
    `Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${body}`,
  'a space before the colon': (body) =>
    `Transfer-Encoding : chunked\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  'a folded header': (body) =>
    `Transfer-Encoding:\r\n chunked\r\nContent-Length: ${body.length}\r\n\r\n0\r\n\r\n${body}`,
  'a bare carriage return': (body) =>
    `X: y\rTransfer-Encoding: chunked\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  'a bare line feed': (body) => `X: y\nContent-Length: 0\r\n\r\n${body}`,
  'a chunk size that is none': (body) => `Transfer-Encoding: chunked\r\n\r\n0x0\r\n\r\n${body}`,
  'a NUL in a header': (body) => `X: a\0b\r\nContent-Length: 0\r\n\r\n${body}`,
};

describe('a request whose end can be read in two ways', () => {
  it.each(Object.entries(framings))(
    'by %s is refused, and what hides behind it is never done',
    async (_name, frame) => {
      const heard = await speak(
        `POST /v1/tickets HTTP/1.1\r\nHost: x\r\nAuthorization: ${token}\r\n` +
          `Content-Type: application/json\r\n${frame(hidden())}`,
      );
      expect(statusesOf(heard)).toEqual([400]);
      expect(heard).toContain('"code":"malformed"');
      expect(heard).not.toContain('status\\"');
      expect((await stage.call('customer-1', 'GET', ticket)).body.status).toBe('open');
    },
  );

  it('is one of two where both ends are clear: the positive control', async () => {
    const first = `GET /livez HTTP/1.1\r\nHost: x\r\n\r\n`;
    const second =
      `GET ${ticket} HTTP/1.1\r\nHost: x\r\n` +
      `Authorization: ${token}\r\nConnection: close\r\n\r\n`;
    expect(statusesOf(await speak(first + second))).toEqual([200, 200]);
  });
});

describe('headers', () => {
  const get = (headers: string, path = ticket) =>
    speak(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${headers}\r\n\r\n`);

  it('that say twice who calls never make a stranger the requester', async () => {
    for (const headers of [
      `Authorization: ${foreign}\r\nAuthorization: ${token}`,
      `Authorization: ${foreign}, ${token}`,
      `Authorization: ${foreign}\r\nauthorization : ${token}`,
      `Authorization: ${foreign}\r\n Authorization: ${token}`,
      `Authorization: ${foreign}\r\nProxy-Authorization: ${token}\r\n` +
        `X-Authorization: ${token}\r\nCookie: token=${token}`,
    ])
      expect([[400], [401], [404]]).toContainEqual(statusesOf(await get(headers)));
    for (const headers of [`authorization: ${token}`, `AUTHORIZATION: ${foreign}`])
      expect(statusesOf(await get(`Authorization: ${token}\r\n${headers}`))).toEqual([400]);
  });

  it('that Connection names are not taken away on the way to the owner', async () => {
    const heard = await speak(
      `GET ${ticket} HTTP/1.1\r\nHost: x\r\n` +
        `Connection: close, authorization, x-client-address\r\nAuthorization: ${foreign}\r\n\r\n`,
    );
    expect(statusesOf(heard)).toEqual([404]);
    expect(statusesOf(await get(`Authorization: ${token}`))).toEqual([200]);
  });

  it('that are too long are refused, and the next caller is served', async () => {
    expect(statusesOf(await get(`X: ${'x'.repeat(40_000)}`))).toEqual([431]);
    expect(statusesOf(await get(`Authorization: ${token}`))).toEqual([200]);
  });

  it('without a Host, or with two, are no request of HTTP/1.1', async () => {
    expect(statusesOf(await speak('GET /livez HTTP/1.1\r\nConnection: close\r\n\r\n'))).toEqual([
      400,
    ]);
    expect(statusesOf(await get('Host: y', '/livez'))).toEqual([400]);
    expect(statusesOf(await get('X: y', '/livez'))).toEqual([200]);
  });

  it('cannot be written into an answer or into what the owner is asked', async () => {
    const heard = await get(
      `Authorization: ${token}\r\nX-Request-Id: a%0d%0aSet-Cookie: x=1`,
      `${ticket}%0d%0aSet-Cookie:%20x=1`,
    );
    expect(heard).not.toMatch(/set-cookie/i);
    const [status] = statusesOf(
      await get(`Authorization: ${token}\r\nIf-Match: "1"\rX-Client-Address: 6.6.6.6`),
    );
    expect(status).toBe(400);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { runProgram } from '#command-line';
import { deadQueue, routesExchange } from '#messaging';
import { DeadLetterQueues } from '../../../tools/ops/dead-letters/dead-letter-queues.js';
import { deadLettersProgram } from '../../../tools/ops/dead-letters/dead-letters.verbs.js';
import { TestBroker } from '../../support/broker.js';
import { waitFor } from '../../support/wait-for.js';

const queue = 'test.office.v1';
const neverRun = 'test.never-run.v1';
const dead = deadQueue(queue);
let broker: TestBroker;
let out: string;
let err: string;

beforeAll(async () => {
  broker = await TestBroker.open();
});
beforeEach(async () => {
  await broker.deleteQueues(queue, dead);
  await broker.act(async (channel) => {
    await channel.assertExchange(routesExchange(queue), 'direct', { durable: true });
    for (const name of [queue, dead]) {
      await channel.assertQueue(name, { durable: true, arguments: { 'x-queue-type': 'quorum' } });
      await channel.bindQueue(name, routesExchange(queue), name);
    }
  });
});
afterAll(async () => {
  await broker.deleteQueues(queue, dead);
  await broker.act((channel) => channel.deleteExchange(routesExchange(queue)));
  await broker.close();
});

/** What a consumer would have buried. */
async function bury(
  messageId: string,
  body: string | Buffer = '{"subject":"T1"}',
  headers: object = {},
): Promise<void> {
  const before = await broker.depth(dead);
  const about = {
    'x-type': 'ticket.status.changed',
    'x-reason': 'malformed',
    'x-attempts': 3,
    ...headers,
  };
  await broker.act((channel) => {
    channel.publish(routesExchange(queue), dead, Buffer.from(body as string), {
      messageId,
      headers: about,
    });
    return Promise.resolve();
  });
  await waitFor(async () => (await broker.depth(dead)) > before);
}

function command(...args: string[]): Promise<number> {
  [out, err] = ['', ''];
  const office = new DeadLetterQueues({ RABBITMQ_URL: broker.url }, [neverRun, queue]);
  const terminal = {
    out: (text: string) => (out += `${text}\n`),
    err: (text: string) => (err += `${text}\n`),
  };
  return runProgram(deadLettersProgram(office), args, terminal);
}

describe('dead-letters list', () => {
  it('names what there is, and leaves it there', async () => {
    await bury('m-1', '{"subject":"T1"}', {
      'x-first-failed-at': '2026-01-02T03:04:05.000Z',
      'x-last-failed-at': '2026-01-02T03:05:00.000Z',
    });
    await bury('m-2', 'no JSON');
    for (let times = 0; times < 2; times++) {
      await expect(command('list')).resolves.toBe(0);
      const [, first, second] = out.split('\n');
      expect(first!.split(/ {2,}/)).toEqual([
        'm-1',
        dead,
        'ticket.status.changed',
        'T1',
        '3',
        '2026-01-02T03:04:05.000Z',
        '2026-01-02T03:05:00.000Z',
        'malformed',
      ]);
      expect(second).toMatch(/^m-2 .* malformed$/);
      expect(err).toContain('2 dead letters.');
    }
  });

  it('says which consumer has never run', async () => {
    await expect(command('list')).resolves.toBe(0);
    expect(err).toContain(`${deadQueue(neverRun)} is not there yet`);
    expect(err).toContain('0 dead letters.');
  });
});

describe('dead-letters show', () => {
  it('tells everything, and lets nothing that a stranger wrote at the terminal', async () => {
    const nasty = '\u001b[2J\u202e';
    await bury(`m-1${nasty}`, JSON.stringify({ subject: nasty, data: { text: nasty } }), {
      'x-reason': nasty,
      [`h${nasty}`]: nasty,
    });
    await expect(command('show', 'm-1\\u{1b}[2J\\u{202e}')).resolves.toBe(0);
    expect(out).toContain('"text": "\\u001b[2J\\u{202e}"');
    expect(out.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  it.each([
    ['text', Buffer.from('first\nsecond'), 'first\nsecond\n'],
    [
      'bytes',
      Buffer.from([0x00, 0xff, 0x41, 0x1b]),
      '00000000  00 ff 41 1b                                      ..A.\n',
    ],
    ['nothing', Buffer.alloc(0), 'body, 0 bytes\n'],
    [
      'deeper than can be written',
      Buffer.from('['.repeat(200_000) + ']'.repeat(200_000)),
      'body, 400000 bytes\n[[[[',
    ],
  ])('shows a body that is no ordinary JSON: %s', async (_, body, shown) => {
    await bury('m-1', body);
    await expect(command('show', 'm-1')).resolves.toBe(0);
    expect(out).toContain(shown);
  });

  it('shows the beginning of 8 MiB, and all of it when it is asked to', async () => {
    await bury('m-1', 'x'.repeat(8 * 1024 * 1024));
    await expect(command('show', 'm-1')).resolves.toBe(0);
    expect(out.length).toBeLessThan(20_000);
    expect(out).toContain('body, 8388608 bytes');
    expect(out).toContain('--full shows all of it');
    await expect(command('show', 'm-1', '--full')).resolves.toBe(0);
    expect(out.length).toBeGreaterThan(8 * 1024 * 1024);
  });
});

describe('dead-letters replay', () => {
  it('gives back the ones that are named, and says so', async () => {
    for (const id of ['m-1', 'm-2', 'm-3']) await bury(id);
    await expect(command('replay', 'm-1', 'm-3')).resolves.toBe(0);
    expect(out.match(/^replayed {2}m-\d/gm)).toEqual(['replayed  m-1', 'replayed  m-3']);
    expect((await broker.take(queue)).properties).toMatchObject({
      messageId: 'm-1',
      headers: { 'x-attempt': 1 },
    });
    expect((await broker.take(queue)).properties.messageId).toBe('m-3');
    expect((await broker.take(dead)).properties.messageId).toBe('m-2');
  });

  it('gives back all of them', async () => {
    for (const id of ['m-1', 'm-2']) await bury(id);
    await expect(command('replay', '--all')).resolves.toBe(0);
    await expect(broker.depth(dead)).resolves.toBe(0);
    await expect(broker.depth(queue)).resolves.toBe(2);
  });

  it.each([[['replay']], [['replay', 'm-1', '--all']]])(
    'wants to know which (%j)',
    async (args) => {
      await bury('m-1');
      await expect(command(...args)).resolves.toBe(2);
      await expect(broker.depth(dead)).resolves.toBe(1);
    },
  );
});

describe('dead-letters discard', () => {
  it('deletes the ones that are named, says so, and what it did not find', async () => {
    for (const id of ['m-1', 'm-2']) await bury(id);
    await expect(command('discard', 'm-1', 'm-9')).resolves.toBe(1);
    expect(out).toMatch(/^discarded {2}m-1 .*malformed\n$/);
    expect(err).toContain('there is no dead letter m-9');
    expect((await broker.take(dead)).properties.messageId).toBe('m-2');
    await expect(broker.depth(dead)).resolves.toBe(0);
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Helpdesk, startHelpdesk } from './helpdesk.js';

let desk: Helpdesk;

beforeAll(async () => {
  desk = await startHelpdesk();
});
afterAll(() => desk.close());

const sound = { status: 'resolved', version: 9 };

/** It is kept with its reason, and what comes behind it is applied. */
async function expectRefused(id: Promise<string>, reason: string): Promise<void> {
  const expected = { id: await id, reason };
  const behind = desk.newId();
  await desk.publish({ ticketId: behind, status: 'open', version: 1 });
  await desk.ticket(behind);
  expect(await desk.refusal()).toEqual(expected);
}

describe('a message that is no valid event is kept with its reason, and delays nothing behind it', () => {
  const secret = 'hunter2hunter2';
  const asBatch = 'publish several events in one message as application/cloudevents-batch+json';

  it.each<[string, string, string]>([
    ['no JSON', `{"password":"${secret}`, 'not JSON in UTF-8'],
    ['empty', '', 'empty; it must be JSON'],
    ['null', 'null', 'the event is missing or wrong'],
    ['a list', `["${secret}"]`, `the event is missing or wrong: ${asBatch}`],
    [
      'deeply nested',
      '['.repeat(20_000) + ']'.repeat(20_000),
      `the event is missing or wrong: ${asBatch}`,
    ],
    [
      'another event',
      JSON.stringify({
        specversion: '1.0',
        id: 'x',
        source: '/legacy-desk',
        type: secret,
        data: { ticketId: 'legacy:x' },
      }),
      'type is missing or wrong',
    ],
    ['8 MiB', JSON.stringify({ specversion: secret.repeat(600_000) }), 'larger than 1 MiB'],
  ])('where it is %s', async (_name, body, reason) => {
    await expectRefused(desk.send(body), reason);
  });

  it.each<[string, Record<string, unknown>]>([
    ['data.ticketId', { ticketId: `legacy:\0${secret}` }],
    ['data.ticketId', { ticketId: `legacy:${'x'.repeat(128)}` }],
    ['data.status', { status: [secret] }],
    ['data.subject', { subject: `${secret}\0` }],
    ['data.subject', { subject: `${secret}\ud800` }],
  ])('where its %s is wrong, which is named without its value', async (part, facts) => {
    await expectRefused(
      desk.publish({ ticketId: desk.newId(), ...sound, ...facts }),
      `${part} is missing or wrong`,
    );
  });

  it.each<[string, Record<string, unknown>]>([
    [
      'data.status is no word that is known of its home: name it under statuses in HELPDESK_HOMES, and replay this',
      { status: secret },
    ],
    ['data.requesterId must be a string', { requesterId: { secret } }],
    ['data.requesterId must not begin or end with a space', { requesterId: `${secret} ` }],
    ['data.assigneeId must be well-formed text without NUL', { assigneeId: `${secret}\0` }],
    [
      'data.version is no integer from 0 to 2^53-1: send such a number, or none and order by time',
      { version: secret },
    ],
    [
      'data.assigneeId is a number that is no integer up to 2^53-1: send it as text',
      { assigneeId: 2 ** 53 },
    ],
  ])('where the reason is: %s', async (reason, facts) => {
    await expectRefused(desk.publish({ ticketId: desk.newId(), ...sound, ...facts }), reason);
  });

  it('and is counted in the metrics', async () => {
    const metrics = await desk.stage.anonymous.metrics();
    expect(metrics).toMatch(
      /^messages_consumed_seconds_count\{[^}]*queue="tickets\.helpdesk-events\.v1"[^}]*result="reject"[^}]*\} [1-9]/m,
    );
    expect(metrics).toMatch(
      /^messages_consumed_seconds_count\{[^}]*queue="tickets\.helpdesk-events\.v1"[^}]*result="done"[^}]*\} [1-9]/m,
    );
  });
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exchanges, uuidPattern } from '#contracts';
import { type Helpdesk, startHelpdesk } from './helpdesk.js';

let desk: Helpdesk;

beforeAll(async () => {
  desk = await startHelpdesk();
});
afterAll(() => desk.close());

const attributes = () => ({
  specversion: '1.0',
  id: randomUUID(),
  source: '/legacy-desk',
  type: 'ticket.status.changed',
});
const headersOf = (prefix: string, more: Record<string, unknown> = {}) =>
  Object.fromEntries(
    Object.entries({ ...attributes(), ...more }).map(([name, value]) => [prefix + name, value]),
  );
const batchType = { contentType: 'application/cloudevents-batch+json' };

describe('an event of another home is taken', () => {
  it.each(['cloudEvents:', 'cloudEvents_'])(
    'with its attributes in headers named %s…, and its data as the body',
    async (prefix) => {
      const id = desk.newId();
      const data = { ticketId: id, status: 'open', version: 1, subject: 'In headers' };
      await desk.send(JSON.stringify(data), {
        headers: headersOf(prefix, { subject: id }),
        contentType: 'application/json; charset=utf-8',
      });
      expect(await desk.ticket(id)).toMatchObject({
        status: 'open',
        subject: 'In headers',
        home: '/legacy-desk',
      });
    },
  );

  it('with a time that AMQP has a type for, by which it is ordered', async () => {
    const id = desk.newId();
    const at = (seconds: number) => ({
      headers: headersOf('cloudEvents_', { time: { '!': 'timestamp', value: seconds } }),
    });
    await desk.send(JSON.stringify({ ticketId: id, status: 'pending' }), at(1_772_438_401));
    await desk.ticket(id);
    await desk.send(JSON.stringify({ ticketId: id, status: 'open' }), at(1_772_438_400));
    await desk.send(JSON.stringify({ ticketId: id, status: 'on_hold' }), at(1_772_438_402));
    await desk.settled();
    expect(await desk.ticket(id)).toMatchObject({ status: 'on_hold', version: 2 });
  });

  it('with its data in Base64', async () => {
    const id = desk.newId();
    const data_base64 = Buffer.from(
      JSON.stringify({ ticketId: id, status: 'open', version: 1 }),
    ).toString('base64');
    await desk.send(JSON.stringify({ ...attributes(), data_base64 }));
    expect(await desk.ticket(id)).toMatchObject({ status: 'open' });
  });

  it('among others in one message, in their order; a bad one is kept alone', async () => {
    const [id, other] = [desk.newId(), desk.newId()];
    const event = (data: object) => ({ ...attributes(), data });
    const bad = event({ ticketId: desk.newId(), status: 'open', version: '2' });
    const story = [
      event({ ticketId: id, status: 'open', version: 1 }),
      bad,
      { ...event({ ticketId: id, status: 'closed', version: 8 }), source: '/forged' },
      event({ ticketId: other, status: 'open', version: 1 }),
      event({ ticketId: id, status: 'resolved', version: 3 }),
    ];
    await desk.send(JSON.stringify(story), batchType);
    await desk.ticket(other);
    expect(await desk.refusal()).toEqual({
      id: bad.id,
      reason: expect.stringMatching(/^data\.version /),
    });
    expect(await desk.refusal()).toEqual({
      id: story[2]!.id,
      reason: 'the source is no home that is mirrored here',
    });
    await desk.settled();
    expect(await desk.ticket(other)).toMatchObject({ status: 'open' });
    expect(await desk.published(id)).toEqual([
      ['ticket.created', 'open', null, 1, 0],
      ['ticket.status.changed', 'resolved', 'open', 2, 1],
    ]);
  });

  it('among others only for the broker user of their message', async () => {
    const [vouched, unvouched] = [desk.newId('eu:'), desk.newId('eu:')];
    const batch = (ticketId: string) =>
      JSON.stringify([
        { ...attributes(), source: '/eu-desk', data: { ticketId, status: 'open', version: 1 } },
      ]);
    await desk.send(batch(unvouched), batchType);
    await desk.send(batch(vouched), { ...batchType, userId: desk.user });
    await desk.ticket(vouched);
    expect((await desk.refusal()).reason).toBe(
      "user_id is not the broker user of the source's home",
    );
    expect((await desk.agent.get(`/v1/tickets/${unvouched}`)).status).toBe(404);
  });
});

describe('an event that is not taken', () => {
  it('is kept by its own id where its publisher gave the message none, whichever mode it came in', async () => {
    const data = { ticketId: desk.newId(), status: 'shredded', version: 1 };
    const [structured, binary] = [attributes(), attributes()];
    const send = (body: object, more: object) =>
      desk.broker.publish(exchanges.helpdesk, 'ticket.status.changed', JSON.stringify(body), more);
    await send({ ...structured, data }, {});
    expect(await desk.refusal()).toMatchObject({ id: structured.id });
    const headers = Object.fromEntries(
      Object.entries(binary).map(([name, value]) => [`cloudEvents_${name}`, value]),
    );
    await send(data, { headers, contentType: 'application/json' });
    expect(await desk.refusal()).toMatchObject({ id: binary.id });
    await send({ ...attributes(), id: 'x'.repeat(256), data }, {});
    expect(await desk.refusal()).toMatchObject({ id: expect.stringMatching(uuidPattern) });
  });

  it('is kept with what its publisher can do', async () => {
    const reasons = [];
    for (const [body, more] of [
      ['{"ticketId":"legacy:1"}', { headers: { 'ce-specversion': '1.0' } }],
      [JSON.stringify([attributes()]), {}],
      [JSON.stringify(JSON.stringify(attributes())), {}],
      ['<ticket/>', { contentType: 'application/xml' }],
      ['\u001f\u008b', { contentType: 'application/cloudevents+json' }],
      [JSON.stringify(Array(1_001).fill(0)), batchType],
    ] as const) {
      await desk.send(body, more);
      reasons.push((await desk.refusal()).reason);
    }
    expect(reasons).toEqual([
      expect.stringMatching(
        /^specversion is missing or wrong: publish a CloudEvent, .* in headers named cloudEvents_…$/,
      ),
      expect.stringMatching(
        /: publish several events in one message as application\/cloudevents-batch\+json$/,
      ),
      expect.stringMatching(/: it is JSON inside of JSON; encode it once$/),
      'not JSON in UTF-8; publish JSON',
      'not JSON in UTF-8',
      'a batch of more than 1000 events; publish several',
    ]);
  });
});

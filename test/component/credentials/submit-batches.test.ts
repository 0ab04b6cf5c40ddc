import { describe, expect, it } from '@jest/globals';
import { Stage } from './batches.fixture.js';
import { newTicket, stored } from './harness.js';

const stage = new Stage();

describe('submissions that arrive together', () => {
  it('get consecutive numbers and one entry each, and the key that was used twice is one credential', async () => {
    const ticket = newTicket(stage.service);
    const other = newTicket(stage.service);
    const key = { 'idempotency-key': 'the same' };
    const answers = await Promise.all([
      stage.submit(ticket, key),
      stage.submit(ticket),
      stage.submit(other),
      stage.submit(ticket, key),
      stage.submit(ticket),
      stage.submit(ticket, key),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
    const ids = answers.map(({ body }) => body.id as string);
    expect(new Set([ids[0], ids[3], ids[5]]).size).toBe(1);
    const numbers = new Map(answers.map(({ body }, at) => [ids[at], body.number as number]));
    numbers.delete(ids[2]);
    expect([...numbers.values()].sort()).toEqual([1, 2, 3]);
    expect(await stage.logOf(ticket, 'submit')).toHaveLength(3);
    await stage.expectSound();
  });

  it('get numbers of their own where two replicas store under one ticket at the same moment', async () => {
    const ticket = await stage.shared();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        stage.submit(ticket, {}, index % 2 === 0 ? stage.service : stage.second),
      ),
    );
    const numbers = answers.map(({ body }) => body.number as number).sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: 20 }, (_, index) => index + 2));
    await stage.expectSound();
  });

  it('rest on no answer that may be older than the gate: an end in between would have left no trace', async () => {
    const ticket = newTicket(stage.service);
    const { ticketId } = ticket;
    stage.service.tickets.before = async () => {
      stage.service.tickets.before = () => Promise.resolve();
      stage.service.tickets.set(ticketId, { status: 'closed', phase: 1 });
      await stage.service.database.query('INSERT INTO ticket_gate (ticket_id) VALUES ($1)', [
        ticketId,
      ]);
    };
    expect(await stage.submit(ticket)).toMatchObject({
      status: 409,
      body: { code: 'ticket-ended' },
    });
    expect(await stored(stage.service, ticketId)).toBe(0);
  });

  it('ask once where the gate has been answered before', async () => {
    const ticket = await stage.shared();
    const { questions } = stage.service.tickets;
    expect((await stage.submit(ticket)).status).toBe(201);
    expect(stage.service.tickets.questions).toBe(questions + 1);
  });

  it('stop at the quota, whoever comes last', async () => {
    const ticket = await stage.shared(48);
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => stage.submit(ticket)));
    const codes = answers.map(({ status }) => status).sort();
    expect(codes.slice(0, 2)).toEqual([201, 201]);
    expect(new Set(codes.slice(2)).size).toBe(1);
    expect(answers.filter(({ body }) => body.code === 'too-many')).toHaveLength(3);
    expect(await stage.logOf(ticket, 'submit')).toHaveLength(50);
  });
});

import { describe, expect, it } from '@jest/globals';
import { isEnded, type TicketEventType, ticketEvent, type TicketStatus } from '#contracts';
import { type Log, silentLog, type Tally } from '#telemetry';
import { type ApplyBatch } from '../commands/apply-batch.js';
import { DestructionFailures } from '../commands/destruction-failures.js';
import { type AccessByStanding } from '../standing/access-by-standing.js';
import { type StandingCache } from '../standing/standing-cache.js';
import { TicketEventsController } from './ticket-events.controller.js';

const fault = new Error('a fault in the program');

/** What is logged and counted when the event of this type cannot be applied. */
async function reported(type: TicketEventType, status: TicketStatus, error = fault) {
  const lines: unknown[] = [];
  const log = Object.assign(Object.create(silentLog) as Log, {
    error: (...line: unknown[]) => void lines.push(line),
  });
  let failures = 0;
  const tally: Tally<'by'> = { inc: () => void (failures += 1) };
  const controller = new TicketEventsController(
    { event: () => Promise.reject(error) } as unknown as ApplyBatch,
    {} as AccessByStanding,
    { forget: () => undefined } as unknown as StandingCache,
    new DestructionFailures(log, tally),
    log,
  );
  const standing = {
    ticketId: 'legacy:1',
    status,
    version: 3,
    phase: isEnded(status) ? 1 : 0,
    requesterId: 'alice',
    assigneeId: 'bob',
    home: '/legacy',
  };
  const event = ticketEvent(type, { ...standing, previousStatus: status }, new Date());
  const outcome = await controller.handle(JSON.parse(JSON.stringify(event)));
  return { outcome, lines, failures, eventId: event.id };
}

describe('an event that cannot be applied', () => {
  it.each([
    ['ticket.assigned', 'open'],
    ['ticket.status.changed', 'open'],
    ['ticket.assigned', 'closed'],
  ] as const)('(%s, %s) is tried again, and its error logged', async (eventType, status) => {
    const { outcome, lines, failures, eventId } = await reported(eventType, status);
    expect(outcome).toMatchObject({ kind: 'retry' });
    expect(lines).toEqual([
      ['ticket event not applied', { eventId, eventType, ticketId: 'legacy:1', error: fault }],
    ]);
    expect(failures).toBe(0);
  });

  it('waits for a database that is away, and is tried again after a statement that took too long', async () => {
    const failed = (code: string) =>
      reported('ticket.status.changed', 'open', Object.assign(new Error('cancelled'), { code }));
    expect((await failed('57P01')).outcome).toMatchObject({ kind: 'unavailable' });
    expect((await failed('57014')).outcome).toMatchObject({ kind: 'retry' });
  });

  it('is a failed destruction where it ends a ticket', async () => {
    const { outcome, lines, failures } = await reported('ticket.status.changed', 'resolved');
    expect(outcome).toMatchObject({ kind: 'retry' });
    expect(lines).toEqual([
      ['destruction failed', { ticketId: 'legacy:1', check: 'event', error: fault }],
    ]);
    expect(failures).toBe(1);
  });
});

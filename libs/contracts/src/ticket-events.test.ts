import { describe, expect, it } from '@jest/globals';
import { InvalidEventError } from './cloud-event.js';
import { credentialActionEvent, credentialsDestroyedEvent } from './credential-events.js';
import { parseTicketEvent, type TicketEvent, ticketEvent } from './ticket-events.js';
import { uuidPattern } from './ids.js';

const data: TicketEvent['data'] = {
  ticketId: '0190a5d0-0000-7000-8000-000000000001',
  status: 'resolved',
  previousStatus: 'open',
  version: 4,
  phase: 1,
  requesterId: 'customer-1',
  assigneeId: null,
  home: '/tickets',
};
const time = new Date('2026-03-01T12:00:00.123Z');
const sound = () =>
  JSON.parse(JSON.stringify(ticketEvent('ticket.status.changed', data, time))) as Record<
    string,
    unknown
  >;
const withData = (change: Record<string, unknown>) => ({
  ...sound(),
  data: { ...data, ...change },
});

describe('an event of ours', () => {
  it('is a CloudEvent about its ticket, which its parser accepts after the wire', () => {
    const event = sound();
    expect(event).toMatchObject({
      specversion: '1.0',
      source: '/tickets',
      type: 'ticket.status.changed',
      subject: data.ticketId,
      data,
    });
    expect(event.id).toMatch(uuidPattern);
    expect(event.dataschema).toBe('urn:private-credentials:schema:ticket.status.changed:v1');
    expect(event.time).toBe('2026-03-01T12:00:00.123Z');
    expect(parseTicketEvent(event)).toEqual(event);
  });

  it('has an id of its own', () => {
    expect(ticketEvent('ticket.created', data, time).id).not.toBe(
      ticketEvent('ticket.created', data, time).id,
    );
    expect(
      credentialActionEvent('credential.revealed', { ticketId: 't', actorId: 'a' }, time),
    ).toMatchObject({
      source: '/credentials',
      subject: 't',
    });
    const destroyed = {
      ticketId: 't',
      phase: 1,
      reason: 'ticket-ended',
      credentialIds: ['c'],
      receiptId: 'r',
    } as const;
    expect(credentialsDestroyedEvent(destroyed, time)).toMatchObject({
      type: 'credentials.destroyed',
      subject: 't',
      data: destroyed,
    });
  });
});

describe('parseTicketEvent', () => {
  it('takes more than it knows, since changes are additive', () => {
    expect(
      parseTicketEvent({ ...withData({ priority: 'high' }), traceparent: 'x' }).data,
    ).toMatchObject({ ticketId: data.ticketId });
    expect(parseTicketEvent(withData({ previousStatus: null })).data.previousStatus).toBeNull();
  });

  it('takes every person that a request may name: 255 characters, however many units they are', () => {
    expect(
      parseTicketEvent(withData({ assigneeId: '🔑'.repeat(255) })).data.assigneeId,
    ).toHaveLength(510);
  });

  const faulty: readonly (readonly [string, unknown])[] = [
    ['nothing', undefined],
    ['null', null],
    ['a list', [sound()]],
    ['text', JSON.stringify(sound())],
    ['another specversion', { ...sound(), specversion: '0.3' }],
    ...['id', 'source', 'type', 'subject', 'time', 'data'].map(
      (part) => [`no ${part}`, { ...sound(), [part]: undefined }] as const,
    ),
    ['an empty id', { ...sound(), id: '' }],
    ['an endless id', { ...sound(), id: 'x'.repeat(513) }],
    ['a time that is none', { ...sound(), time: 'yesterday' }],
    ['a source that is not tickets', { ...sound(), source: '/legacy-desk' }],
    ['another type', { ...sound(), type: 'ticket.deleted' }],
    ['a subject that is another ticket', { ...sound(), subject: 'other' }],
    ['an id that is none', { ...withData({ ticketId: '../x' }), subject: '../x' }],
    ['an unknown status', withData({ status: 'archived' })],
    ['an unknown previous status', withData({ previousStatus: 'archived' })],
    ['a version that is text', withData({ version: '4' })],
    ['a negative version', withData({ version: -1 })],
    ['a broken phase', withData({ phase: 1.5 })],
    ['a phase beyond whole numbers', withData({ phase: 2 ** 53 + 1 })],
    ['an even phase of an ended ticket', withData({ phase: 2 })],
    ['an odd phase of a live ticket', withData({ status: 'open', phase: 1 })],
    ['a requester that is an object', withData({ requesterId: {} })],
    ['an endless requester', withData({ requesterId: '🔑'.repeat(256) })],
    ['a requester with NUL', withData({ requesterId: 'a\0b' })],
    ['no assignee, not even null', withData({ assigneeId: undefined })],
    ['no home', withData({ home: undefined })],
    ['an actor that is an object', withData({ actorId: {} })],
    ['a role with NUL', withData({ actorRole: 'agent\0' })],
  ];

  it.each(faulty)('refuses %s', (_name, event) => {
    expect(() => parseTicketEvent(event)).toThrow(InvalidEventError);
  });

  it('names the part that is wrong, never what stood there', () => {
    expect(() => parseTicketEvent(withData({ status: 's3cret' }))).toThrow(
      /^data\.status is missing or wrong$/,
    );
  });
});

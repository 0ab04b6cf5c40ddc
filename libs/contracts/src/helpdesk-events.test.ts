import { describe, expect, it } from '@jest/globals';
import { data, read, sound, withData } from './helpdesk-events.fixture.js';

describe('parseHelpdeskEvent', () => {
  it('reads what the home says, and nothing of what it does not say', () => {
    expect(read(sound)).toEqual({
      id: 'e-1',
      source: '/legacy-desk',
      ticketId: 'legacy:7',
      status: 'open',
      version: undefined,
      time: '2026-03-01T12:00:00.000001',
    });
    expect(
      read(withData({ version: 3, requesterId: 'ann', assigneeId: null, subject: 'Printer' })),
    ).toMatchObject({
      version: 3,
      requesterId: 'ann',
      assigneeId: null,
      subject: 'Printer',
    });
  });

  it('takes more than it knows, and optional attributes that are absent, null or empty', () => {
    const least = { ...sound, subject: undefined, time: undefined, datacontenttype: undefined };
    expect(read({ ...least, data: { ...data, version: 0 } })).toMatchObject({
      version: 0,
      time: undefined,
    });
    for (const none of [null, ''])
      expect(
        read({ ...sound, subject: none, time: none, data: { ...data, version: 1 } }),
      ).toMatchObject({ version: 1, time: undefined });
    expect(
      read({ ...withData({ version: null, phase: 1e9, priority: {} }), traceparent: 'x' }),
    ).not.toHaveProperty('phase');
  });

  it.each([
    ['x'.repeat(201), 'x'.repeat(200)],
    ['🔑'.repeat(201), '🔑'.repeat(200)],
    [`x${'🔑'.repeat(300)}`, `x${'🔑'.repeat(199)}`],
    ['', null],
    [null, null],
    [' ', ' '],
  ])('cuts a title to 200 characters, and takes an empty one for none', (subject, title) => {
    expect(read(withData({ subject })).subject).toBe(title);
  });

  it('takes a word for a status in any case, that of its home before ours, and a number for its digits', () => {
    const words = ['OPEN', 'On_Hold', 'Closed', 'solved', 'SOLVED', 6];
    const meant = words.map((status) => read(withData({ status })).status);
    expect(meant).toEqual(['open', 'on_hold', 'closed', 'resolved', 'resolved', 'closed']);
  });

  it('takes an exact number for the id of a person, and an empty text for nobody', () => {
    const people = { requesterId: Number.MAX_SAFE_INTEGER, assigneeId: 0 };
    expect(read(withData(people))).toMatchObject({
      requesterId: '9007199254740991',
      assigneeId: '0',
    });
    expect(read(withData({ requesterId: '', assigneeId: '' }))).toMatchObject({
      requesterId: null,
      assigneeId: null,
    });
  });
});

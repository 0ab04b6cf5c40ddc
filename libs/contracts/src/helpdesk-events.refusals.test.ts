import { describe, expect, it } from '@jest/globals';
import { InvalidEventError } from './cloud-event.js';
import { read, sound, withData } from './helpdesk-events.fixture.js';

describe('parseHelpdeskEvent', () => {
  it.each([
    [
      'a word for a status that nobody knows',
      { status: 'merged' },
      /^data\.status .* name it under statuses in HELPDESK_HOMES/,
    ],
    [
      'a number for a status that nobody knows',
      { status: 7 },
      /^data\.status .* name it under statuses in HELPDESK_HOMES/,
    ],
    [
      'a person that JSON does not carry exactly',
      { requesterId: 2 ** 53 },
      /^data\.requesterId .* send it as text$/,
    ],
    [
      'a person that is half a number',
      { assigneeId: 1.5 },
      /^data\.assigneeId .* send it as text$/,
    ],
    ['a requester that is an object', { requesterId: {} }, /^data\.requesterId must be a string$/],
    [
      'an endless requester',
      { requesterId: 'x'.repeat(256) },
      /^data\.requesterId must have 1 to 255 characters$/,
    ],
    [
      'a requester with a space at the end',
      { requesterId: 'alice ' },
      /^data\.requesterId must not begin or end with a space$/,
    ],
    [
      'an assignee of a space',
      { assigneeId: ' ' },
      /^data\.assigneeId must not begin or end with a space$/,
    ],
    [
      'an assignee that reads like another',
      { assigneeId: 'a\u200bb' },
      /^data\.assigneeId must not contain .* invisible ones$/,
    ],
    [
      'an assignee with NUL',
      { assigneeId: 'a\0b' },
      /^data\.assigneeId must be well-formed text without NUL$/,
    ],
    [
      'half a character in an assignee',
      { assigneeId: '\ud800' },
      /^data\.assigneeId must be well-formed text without NUL$/,
    ],
    ['a version that is text', { version: '3' }, /^data\.version is no integer .* order by time$/],
    ['a negative version', { version: -1 }, /^data\.version is no integer .* order by time$/],
    ['a broken version', { version: 1.5 }, /^data\.version is no integer .* order by time$/],
    [
      'a version that JSON does not carry exactly',
      { version: 2 ** 53 },
      /^data\.version is no integer .* order by time$/,
    ],
  ])('refuses %s, and says what to do', (_name, facts, remedy) => {
    expect(() => read(withData(facts))).toThrow(remedy);
  });

  const faulty: readonly (readonly [string, unknown, string])[] = [
    ['nothing', undefined, 'the event'],
    ['a list', [sound], 'the event'],
    ['text', JSON.stringify(sound), 'the event'],
    ['another specversion', { ...sound, specversion: '0.3' }, 'specversion'],
    ['no id', { ...sound, id: undefined }, 'id'],
    ['no source', { ...sound, source: '' }, 'source'],
    ['an endless source', { ...sound, source: 'x'.repeat(513) }, 'source'],
    ['another type', { ...sound, type: 'ticket.deleted' }, 'type'],
    ['another subject', { ...sound, subject: 'legacy:8' }, 'subject'],
    ['a subject that is no text', { ...sound, subject: 7 }, 'subject'],
    ['no data', { ...sound, data: undefined }, 'data'],
    [
      'data in Base64 that nobody could read',
      { ...sound, data: undefined, data_base64: 'e30' },
      'data',
    ],
    ['data that is text', { ...sound, data: '{}' }, 'data'],
    ['no ticket', withData({ ticketId: undefined }), 'data.ticketId'],
    [
      'a ticket outside the pattern',
      { ...withData({ ticketId: '../x' }), subject: '../x' },
      'data.ticketId',
    ],
    [
      'a ticket with NUL',
      { ...withData({ ticketId: 'legacy:\0' }), subject: undefined },
      'data.ticketId',
    ],
    [
      'an id that is too long',
      { ...withData({ ticketId: 'x'.repeat(129) }), subject: undefined },
      'data.ticketId',
    ],
    ['no status', withData({ status: undefined }), 'data.status'],
    ['null for a status', withData({ status: null }), 'data.status'],
    ['a status that is an object', withData({ status: {} }), 'data.status'],
    ['neither version nor time', { ...sound, time: undefined }, 'time'],
    ['a time that is none', { ...sound, time: 'yesterday' }, 'time'],
    [
      'a time that is none beside a version',
      { ...withData({ version: 1 }), time: 'yesterday' },
      'time',
    ],
    ['a title that is an object', withData({ subject: {} }), 'data.subject'],
    ['a title with NUL', withData({ subject: 'a\0b' }), 'data.subject'],
    ['half a character in a title', withData({ subject: 'a\udc00' }), 'data.subject'],
  ];

  it.each(faulty)('refuses %s, and says which part it is', (_name, event, part) => {
    const refused = expect(() => read(event));
    refused.toThrow(InvalidEventError);
    refused.toThrow(new RegExp(`^${part} is missing or wrong(: |$)`));
  });
});

import { describe, expect, it } from '@jest/globals';
import { InvalidEventError } from './cloud-event.js';
import { parseHelpdeskEvent, readHelpdeskOrigin } from './helpdesk-events.js';
import { StatusWords } from './status-words.js';

const data = { ticketId: 'legacy:7', status: 'open' };
const sound = {
  specversion: '1.0',
  id: 'e-1',
  source: '/legacy-desk',
  type: 'ticket.status.changed',
  subject: 'legacy:7',
  time: '2026-03-01T12:00:00.000001Z',
  data,
};
const withData = (more: Record<string, unknown>) => ({ ...sound, data: { ...data, ...more } });

describe('readHelpdeskOrigin', () => {
  const origin = { source: '/legacy-desk', ticketId: 'legacy:7', id: 'e-1' };

  it.each<[string, unknown]>([
    ['a specversion that is a number', { ...sound, specversion: 1.0 }],
    ['another specversion', { ...sound, specversion: '0.3' }],
    ['no specversion', { ...sound, specversion: undefined }],
    ['data beside data in Base64', { ...sound, data_base64: 'e30=' }],
    ['no data, with the ticket in its subject', { ...sound, data: undefined }],
    [
      'data that nobody can read, with the ticket in its subject',
      { ...sound, data: undefined, data_base64: 'e30' },
    ],
    ['data that are text, with the ticket in its subject', { ...sound, data: '{}' }],
    ['a ticket outside the pattern, with another in its subject', withData({ ticketId: 7 })],
    ['another subject', { ...sound, subject: 'legacy:8' }],
  ])('tells whose event it is, and of which ticket, also of one with %s', (_name, event) => {
    expect(readHelpdeskOrigin(event)).toEqual(origin);
    expect(() => parseHelpdeskEvent(event, new StatusWords([]))).toThrow(InvalidEventError);
  });

  it.each([undefined, '', 7, 'x'.repeat(513), 'a\0b', '\ud800'])(
    'has no id that could not be kept and shown',
    (id) => {
      expect(readHelpdeskOrigin({ ...sound, id })).toEqual({ ...origin, id: undefined });
    },
  );

  it.each<[unknown, RegExp]>([
    [undefined, /^the event is missing or wrong$/],
    [JSON.stringify(sound), /^the event .* encode it once$/],
    [[sound], /^the event .* \S+batch\+json$/],
    [{ ...data }, /^specversion .* publish a CloudEvent/],
    [{ ...sound, source: 7 }, /^source .* send it as text$/],
    [
      { ...withData({ ticketId: '../x' }), subject: '../x' },
      /^data\.ticketId is missing or wrong$/,
    ],
    [{ ...sound, subject: undefined, data: '{}' }, /^data .* send the JSON object itself$/],
  ])('says what to do where it is not told', (event, remedy) => {
    expect(() => readHelpdeskOrigin(event)).toThrow(remedy);
  });
});

import { parseHelpdeskEvent } from './helpdesk-events.js';
import { StatusWords } from './status-words.js';

export const data = { ticketId: 'legacy:7', status: 'open' };
export const sound = {
  specversion: '1.0',
  id: 'e-1',
  source: '/legacy-desk',
  type: 'ticket.status.changed',
  subject: 'legacy:7',
  time: '2026-03-01T12:00:00.000001Z',
  datacontenttype: 'application/json',
  data,
};
export const read = (event: unknown) =>
  parseHelpdeskEvent(
    event,
    new StatusWords([
      ['Solved', 'resolved'],
      ['6', 'closed'],
    ]),
  );
export const withData = (more: Record<string, unknown>) => ({
  ...sound,
  data: { ...data, ...more },
});

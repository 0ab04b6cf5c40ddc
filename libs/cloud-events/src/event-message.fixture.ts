import { type EventMessage } from './event-message.js';

export const data = { ticketId: 'legacy:7' };
export const attributes = {
  specversion: '1.0',
  id: 'e-1',
  source: '/legacy-desk',
  type: 'ticket.status.changed',
};
export const message = (body: unknown, more: Partial<EventMessage> = {}): EventMessage => ({
  contentType: undefined,
  contentEncoding: undefined,
  headers: {},
  body: Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body)),
  ...more,
});

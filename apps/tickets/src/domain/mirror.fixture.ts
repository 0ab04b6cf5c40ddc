import { type HelpdeskEvent } from '#contracts';
import { createFromEvent, merge, type Mirrored } from './mirror.js';

const base = {
  source: '/legacy-desk',
  ticketId: 'legacy:1',
  id: undefined,
  version: undefined,
  time: undefined,
};
export const by = (
  version: number,
  status: HelpdeskEvent['status'],
  more: Partial<HelpdeskEvent> = {},
): HelpdeskEvent => ({
  ...base,
  version,
  status,
  ...more,
});
export const at = (time: string, status: HelpdeskEvent['status']): HelpdeskEvent => ({
  ...base,
  time,
  status,
});
export const after = (first: HelpdeskEvent, ...others: HelpdeskEvent[]): Mirrored =>
  others.reduce<Mirrored>((mirrored, event) => merge(mirrored, event), createFromEvent(first));
export const shown = ({ ticket: { status, version, phase } }: Mirrored) => [status, version, phase];

import { type GateRecord, ownHome } from '#contracts';
import { lift } from './lift.js';
import { type StoredTicket } from './ticket.js';

const at = (time: string) => new Date(`2026-01-01T${time}:00Z`);
export const [before, restored, since] = [at('08:00'), at('09:00'), at('09:30')];
export const base: StoredTicket = {
  id: 'T-1',
  home: ownHome,
  subject: 's',
  description: null,
  status: 'open',
  version: 2,
  phase: 0,
  requester: { id: 'ann', name: 'Ann' },
  assignee: { id: 'bob', name: 'Bob' },
  doubted: false,
  createdAt: before,
  updatedAt: before,
};
export const ticket = (change: Partial<StoredTicket>): StoredTicket => ({ ...base, ...change });
export const gate = (change: Partial<GateRecord>): GateRecord => ({
  ticketId: 'T-1',
  status: 'open',
  version: 2,
  phase: 0,
  requesterId: 'ann',
  assigneeId: 'bob',
  credentials: 1,
  ...change,
});
export const lifted = (one: StoredTicket, other: GateRecord) => lift(one, other, restored);

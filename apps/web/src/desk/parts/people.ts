import { html, type TemplateResult } from 'lit';
import { type Ticket } from '../desk-api.js';
import { texts } from '../texts.js';

const initialsOf = (name: string): string => {
  const words = name.split(/[\s._-]+/u).filter(Boolean);
  return [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => word?.[0] ?? '')
    .join('')
    .toUpperCase();
};

/** Hidden from screen readers, since the name stands beside it. */
export const avatar = (name: string): TemplateResult =>
  html`<span class="avatar" aria-hidden="true">${initialsOf(name)}</span>`;

export const requesterOf = ({ requesterId, requesterName }: Ticket): string =>
  requesterName ?? requesterId ?? texts.somebody;
export const assigneeOf = ({ assigneeId, assigneeName }: Ticket): string | undefined =>
  assigneeName ?? assigneeId ?? undefined;

/** The name of the assignee or requester; for anybody else only the id is known. */
export const nameIn = (ticket: Ticket, id: string): string =>
  (id === ticket.assigneeId
    ? assigneeOf(ticket)
    : id === ticket.requesterId
      ? requesterOf(ticket)
      : undefined) ?? id;

export const statusBadge = ({ status }: Pick<Ticket, 'status'>): TemplateResult =>
  html`<span class="badge ${status}">${texts.statuses[status]}</span>`;

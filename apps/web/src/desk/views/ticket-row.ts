import { html, type TemplateResult } from 'lit';
import { type Ticket } from '../desk-api.js';
import { assigneeOf, requesterOf, statusBadge } from '../parts/people.js';
import { when } from '../parts/time.js';
import { ticketPath } from '../routing.js';
import { type Person, seesQueue } from '../session/person.js';
import { texts } from '../texts.js';

export function ticketRow(ticket: Ticket, person: Person): TemplateResult {
  const agent = assigneeOf(ticket);
  const assigned = agent === undefined ? texts.list.unassignedTicket : texts.list.assignedTo(agent);
  return html`
    <a class="row-link" href=${ticketPath(ticket.id)}>
      <span class="subject">${ticket.subject}</span>
      <span class="facts">${seesQueue(person) ? `${requesterOf(ticket)} · ` : ''}${assigned}</span>
      ${when(ticket.updatedAt)} ${statusBadge(ticket)}
    </a>
  `;
}

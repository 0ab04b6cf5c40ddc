import { html, type TemplateResult } from 'lit';
import { type Ticket } from '../desk-api.js';
import { assigneeOf, requesterOf, statusBadge } from '../parts/people.js';
import { timeOf } from '../parts/time.js';
import { ticketPath } from '../routing.js';
import { type SignedInPerson, seesQueue } from '../session/person.js';
import { texts } from '../texts.js';

export function ticketRow(ticket: Ticket, person: SignedInPerson): TemplateResult {
  const agent = assigneeOf(ticket);
  const assigned = agent === undefined ? texts.list.unassignedTicket : texts.list.assignedTo(agent);
  return html`
    <a class="row-link" href=${ticketPath(ticket.id)}>
      <span class="subject">${ticket.subject}</span>
      <span class="facts">${seesQueue(person) ? `${requesterOf(ticket)} · ` : ''}${assigned}</span>
      ${timeOf(ticket.updatedAt)} ${statusBadge(ticket)}
    </a>
  `;
}

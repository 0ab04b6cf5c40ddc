import { html, nothing, type TemplateResult } from 'lit';
import { type TicketStatus, ticketStatuses } from '../../api/ticket-status.js';
import { type ListFilter, listPath, navigate } from '../routing.js';
import { texts } from '../texts.js';

const whose = [
  [undefined, texts.list.everybody],
  ['me', texts.list.me],
  ['none', texts.list.unassigned],
] as const;

/** Filters are routes: they can be linked to, and the back button undoes them. */
export const listFilters = (filter: ListFilter): TemplateResult => html`
  <div class="filters">
    <nav aria-label=${texts.list.filters}>
      <ul>
        ${whose.map(
          ([assignee, name]) =>
            html`<li>
              <a
                href=${listPath({ ...filter, assignee })}
                aria-current=${assignee === filter.assignee ? 'true' : nothing}
                >${name}</a
              >
            </li>`,
        )}
      </ul>
    </nav>
    <div class="status">
      <label for="status">${texts.list.status}</label>
      <select
        id="status"
        @change=${({ target }: Event) => {
          navigate(
            listPath({
              ...filter,
              status: ticketStatuses.find(
                (status) => status === (target as HTMLSelectElement).value,
              ),
            }),
          );
        }}
      >
        ${option(undefined, filter)} ${ticketStatuses.map((status) => option(status, filter))}
      </select>
    </div>
  </div>
`;

const option = (status: TicketStatus | undefined, filter: ListFilter): TemplateResult =>
  html`<option value=${status ?? ''} .selected=${filter.status === status}>
    ${status === undefined ? texts.list.anyStatus : texts.statuses[status]}
  </option>`;

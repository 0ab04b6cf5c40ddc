import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { type DeskApi, type Page, type Ticket } from '../desk-api.js';
import { DeskElement, prop } from '../desk-element.js';
import { Loading } from '../loading.js';
import { icons } from '../parts/icons.js';
import { problemNotice, waitingFor } from '../parts/notices.js';
import { assigneeOf, requesterOf, statusBadge } from '../parts/people.js';
import { timeOf } from '../parts/time.js';
import { Refresh } from '../refresh.js';
import { type ListFilter, newTicketPath, ticketPath } from '../routing.js';
import { type SignedInPerson, seesQueue } from '../session/person.js';
import { texts } from '../texts.js';
import { listFilters } from './list-filters.js';
import { mergePages } from './merge-pages.js';

/** How often the list is refreshed, in ms. */
const refreshEvery = 15_000;

/** A customer's own tickets, or the queue of agents and admins; latest change first. */
export class TicketList extends DeskElement {
  static override properties = { api: prop, person: prop, filter: prop };
  declare api: DeskApi;
  declare person: SignedInPerson;
  declare filter: ListFilter;
  private readonly first = new Loading(this, () => this.api.tickets(this.filter));
  private readonly next = new Loading(this, () =>
    this.api.tickets(this.filter, this.shown?.nextCursor ?? undefined),
  );
  private shown: Page<Ticket> | undefined;
  /** The list of the previous filter, shown until the new one is there or is slow. */
  private previous: Page<Ticket> | undefined;

  constructor() {
    super();
    new Refresh(this, refreshEvery, () => void this.refresh());
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('filter') && !changed.has('person')) return;
    const { assignee, status } = (changed.get('filter') as ListFilter | undefined) ?? {};
    if (
      this.shown !== undefined &&
      assignee === this.filter.assignee &&
      status === this.filter.status
    )
      return;
    [this.previous, this.shown] = [this.shown ?? this.previous, undefined];
    this.first.forget();
    this.next.forget();
    void this.refresh();
  }

  protected override render() {
    const { first, next, person } = this;
    const shown = this.shown ?? (first.wait === 'short' ? this.previous : undefined);
    return html`
      <div class="stack">
        <div class="spread">
          <h1>${seesQueue(person) ? texts.list.queue : texts.list.mine}</h1>
          ${
            person.roles.some((role) => role === 'customer' || role === 'agent')
              ? html`<a class="button primary" href=${newTicketPath}
                  >${icons.plus} ${texts.list.create}</a
                >`
              : nothing
          }
        </div>
        ${seesQueue(person) ? listFilters(this.filter) : nothing}
        ${
          first.problem === undefined
            ? nothing
            : problemNotice(first.problem, () => void this.refresh())
        }
        ${waitingFor(first)} ${shown === undefined ? nothing : this.tickets(shown)}
        ${next.problem === undefined ? nothing : problemNotice(next.problem)} ${waitingFor(next)}
      </div>
    `;
  }

  private tickets({ items, nextCursor }: Page<Ticket>) {
    if (items.length === 0) return this.nothingHere();
    return html`
      <ul class="card tickets">
        ${repeat(
          items,
          ({ id }) => id,
          (ticket) => html`<li>${ticketRow(ticket, this.person)}</li>`,
        )}
      </ul>
      ${
        nextCursor === null
          ? nothing
          : html`<button aria-disabled=${this.next.wait !== 'none'} @click=${this.showMore}>
              ${texts.more}
            </button>`
      }
    `;
  }

  private nothingHere() {
    const filtered = seesQueue(this.person);
    return html`
      <div class="card empty stack tight">
        <div>${icons.inbox}</div>
        <h2>${filtered ? texts.list.noneFound : texts.list.none}</h2>
        <p class="soft">${filtered ? texts.list.noneFoundLead : texts.list.noneLead}</p>
      </div>
    `;
  }

  /** Fetches the first page; older pages that are shown stay. */
  private async refresh(): Promise<void> {
    if ((await this.first.load()) && this.first.value !== undefined)
      this.shown = mergePages(this.first.value, this.shown);
    this.requestUpdate();
  }

  private readonly showMore = async (): Promise<void> => {
    if (this.next.wait !== 'none' || this.shown === undefined) return;
    this.next.forget();
    if (!(await this.next.load()) || this.next.value === undefined) return;
    const { items } = this.shown;
    const known = new Set(items.map(({ id }) => id));
    this.shown = {
      items: [...items, ...this.next.value.items.filter(({ id }) => !known.has(id))],
      nextCursor: this.next.value.nextCursor,
    };
    this.requestUpdate();
  };
}

function ticketRow(ticket: Ticket, person: SignedInPerson): TemplateResult {
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

customElements.define('ticket-list', TicketList);

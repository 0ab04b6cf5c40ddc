import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { type ApiProblem } from '../../api/problem.js';
import { isEnded } from '../../api/ticket-status.js';
import { type DeskApi, type Ticket } from '../desk-api.js';
import { DeskElement, prop } from '../desk-element.js';
import { Loading } from '../loading.js';
import { credentialsElement } from '../parts/credentials-element.js';
import { icons } from '../parts/icons.js';
import { problemNotice, waitingFor } from '../parts/notices.js';
import { statusBadge } from '../parts/people.js';
import { Refresh } from '../refresh.js';
import { homePath, type Tab, ticketPath } from '../routing.js';
import { ticketRoleOf, type SignedInPerson } from '../session/person.js';
import { texts } from '../texts.js';
import './admin-view.js';
import './conversation.js';
import './ticket-facts.js';

/** How often the ticket is refreshed, in ms. The element gets its own live updates. */
const refreshEvery = 8_000;

/** One ticket: its conversation, its facts and its credentials. */
export class TicketView extends DeskElement {
  static override properties = {
    api: prop,
    person: prop,
    ticketId: prop,
    tab: prop,
  };
  declare api: DeskApi;
  declare person: SignedInPerson;
  declare ticketId: string;
  declare tab: Tab;
  private readonly ticket: Loading<Ticket> = new Loading<Ticket>(this, async () =>
    newer(await this.api.ticket(this.ticketId), this.ticket.value),
  );

  /** How many credentials a former requester still has under this ticket. */
  private readonly sharedByThem: Loading<number> = new Loading<number>(this, () =>
    this.api.liveCredentials(this.ticketId),
  );

  private hasEnded = false;
  /** Whether the element below has said itself that the ticket has ended. */
  private isEndTold = false;
  private elementNumber = 0;

  constructor() {
    super();
    new Refresh(this, refreshEvery, this.refresh);
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('ticketId')) {
      this.ticket.value = this.ticket.problem = undefined;
      this.isEndTold = false;
      this.sharedByThem.forget();
      this.refresh();
    }
    this.dropReveals();
  }

  /**
   * An end that is known here first takes every open reveal with it. An element that said
   * it itself stays: it may hold the stream of other tabs.
   */
  private dropReveals(): void {
    const hasEnded = isEnded(this.ticket.value?.status ?? 'open');
    if (hasEnded === this.hasEnded) return;
    this.hasEnded = hasEnded;
    if (hasEnded && !this.isEndTold) this.elementNumber += 1;
    this.isEndTold = false;
  }

  protected override updated(): void {
    document.title = `${this.ticket.value?.subject ?? texts.list.queue} · ${texts.product}`;
  }

  protected override render() {
    const { value: ticket, problem } = this.ticket;
    return html`
      <div class="stack">
        <a class="back" href=${homePath}>${icons.back} ${texts.ticket.back}</a>
        ${waitingFor(this.ticket)}
        ${
          problem === undefined || (problem.code === 'unreachable' && ticket)
            ? nothing
            : this.problemView(problem)
        }
        ${ticket === undefined || problem?.code === 'not-found' ? nothing : this.ticketView(ticket)}
      </div>
    `;
  }

  /**
   * Of the first load only: later losses of the connection are shown by the views below.
   */
  private problemView(problem: ApiProblem) {
    if (problem.code !== 'not-found') return problemNotice(problem, this.refresh);
    return this.sharedByThem.value !== undefined && this.sharedByThem.problem === undefined
      ? this.formerView()
      : notFound;
  }

  private formerView() {
    return html`<section class="card stack">
      <h1>${texts.ticket.former}</h1>
      ${credentialsElement('customer', this.ticketId, this.api)}
    </section>`;
  }

  private ticketView(ticket: Ticket) {
    const part = ticketRoleOf(ticket, this.person);
    return html`
      <div class="ticket-head">
        <h1>${ticket.subject}</h1>
        ${statusBadge(ticket)}
      </div>
      <div class="ticket" @pc-taken=${this.refresh} @pc-ended=${this.onEnded}>
        <div class="stack">
          ${part === 'agent' ? this.tabs() : nothing} ${this.body(ticket, part)}
        </div>
        <aside aria-label=${texts.ticket.details}>
          <ticket-facts
            .api=${this.api}
            .person=${this.person}
            .ticket=${ticket}
            @desk-changed=${this.onChanged}
          ></ticket-facts>
        </aside>
      </div>
    `;
  }

  private body(ticket: Ticket, part: ReturnType<typeof ticketRoleOf>): TemplateResult {
    const { api, person, tab } = this;
    if (part === 'admin') return html`<admin-view .api=${api} .ticket=${ticket}></admin-view>`;
    if (part === 'agent' && tab === 'credentials')
      return html`<section class="card" aria-labelledby="credentials-title">
        <h2 class="aloud" id="credentials-title">${texts.ticket.credentials}</h2>
        ${keyed(this.elementNumber, credentialsElement('agent', ticket.id, api))}
      </section>`;
    return html`<ticket-conversation
      .api=${api}
      .person=${person}
      .ticket=${ticket}
      .viewAs=${part}
    ></ticket-conversation>`;
  }

  private tabs() {
    const tab = (name: Tab) =>
      html`<a
        href=${ticketPath(this.ticketId, name)}
        aria-current=${this.tab === name ? 'page' : nothing}
        >${texts.ticket[name]}</a
      >`;
    return html`<nav class="tabs" aria-label=${texts.ticket.views}>
      ${tab('conversation')} ${tab('credentials')}
    </nav>`;
  }

  /**
   * Shows a change at once, so that an end removes open reveals before any event comes.
   */
  private readonly onChanged = ({ detail }: CustomEvent<Ticket | undefined>): void => {
    this.ticket.value = detail ?? this.ticket.value;
    this.refresh();
  };

  private readonly onEnded = (): void => {
    this.isEndTold = true;
    this.refresh();
  };

  private readonly refresh = (): void => {
    void this.ticket
      .load()
      .then(() => this.ticket.problem?.code === 'not-found' && this.sharedByThem.load());
  };
}

/** An answer may be older than a change that was made while it was on its way. */
const newer = (ticket: Ticket, known: Ticket | undefined): Ticket =>
  known?.id === ticket.id && known.version > ticket.version ? known : ticket;

const notFound = html`
  <div class="card empty stack tight">
    <h1>${texts.ticket.notFound}</h1>
    <p class="soft">${texts.ticket.notFoundLead}</p>
  </div>
`;

customElements.define('ticket-view', TicketView);

import { html, nothing, type TemplateResult } from 'lit';
import { type ApiProblem, toProblem } from '../../api/problem.js';
import { isEnded, type TicketStatus, ticketStatuses } from '../../api/ticket-status.js';
import { type DeskApi, type Ticket } from '../desk-api.js';
import { DeskElement, prop } from '../desk-element.js';
import { problemNotice } from '../parts/notices.js';
import { assigneeOf, requesterOf } from '../parts/people.js';
import { timeOf } from '../parts/time.js';
import { ticketRoleOf, type SignedInPerson } from '../session/person.js';
import { texts } from '../texts.js';
import { type EndDialog } from './end-dialog.js';
import './end-dialog.js';

type Change = Parameters<DeskApi['change']>[1];

/**
 * The facts of a ticket, and the changes that this person may make. Dispatches
 * `desk-changed` after each attempt, with the ticket if it was changed.
 */
export class TicketFacts extends DeskElement {
  static override properties = { api: prop, person: prop, ticket: prop };
  declare api: DeskApi;
  declare person: SignedInPerson;
  declare ticket: Ticket;
  private problem: ApiProblem | undefined;
  private changing = false;

  protected override render() {
    const { ticket, problem } = this;
    const owned = ticket.home !== '/tickets';
    return html`
      <div class="card facts-card stack">
        <dl>
          ${this.fact(texts.ticket.requester, requesterOf(ticket))}
          ${this.fact(texts.ticket.assignee, assigneeOf(ticket) ?? texts.ticket.nobody)}
          ${this.fact(texts.ticket.opened, timeOf(ticket.createdAt))}
          ${owned ? this.fact(texts.ticket.home, ticket.home) : nothing}
        </dl>
        ${owned ? html`<p class="soft small">${texts.ticket.owned}</p>` : nothing}
        <div class="actions stack" aria-busy=${this.changing}>
          ${owned ? nothing : this.status()} ${this.assignment()}
        </div>
        ${
          problem === undefined
            ? nothing
            : problem.code === 'stale'
              ? staleNotice
              : problemNotice(problem)
        }
        <end-dialog .api=${this.api}></end-dialog>
      </div>
    `;
  }

  private fact(name: string, value: unknown): TemplateResult {
    return html`<div>
      <dt>${name}</dt>
      <dd>${value}</dd>
    </div>`;
  }

  /** Agents and admins set any status; a customer may resolve and reopen. */
  private status() {
    const { status } = this.ticket;
    if (status === 'closed') return html`<p class="soft small">${texts.ticket.closed}</p>`;
    if (ticketRoleOf(this.ticket, this.person) === 'requester')
      return html`<div class="buttons">
        ${
          status === 'resolved'
            ? html`<button @click=${() => this.set('open')}>${texts.ticket.reopen}</button>`
            : html`<button @click=${() => this.set('resolved')}>${texts.ticket.resolve}</button>`
        }
      </div>`;
    return html`
      <div class="field">
        <label for="set-status">${texts.ticket.status}</label>
        <select id="set-status" @change=${this.onChoice}>
          ${ticketStatuses.map(
            (each) =>
              html`<option value=${each} .selected=${each === status}>
                ${texts.statuses[each]}
              </option>`,
          )}
        </select>
      </div>
      ${
        isEnded(status)
          ? nothing
          : html`<button class="primary" @click=${() => this.set('resolved')}>
              ${texts.ticket.resolve}
            </button>`
      }
    `;
  }

  private assignment() {
    if (!this.person.roles.includes('agent') || ticketRoleOf(this.ticket, this.person) !== 'agent')
      return nothing;
    return this.ticket.assigneeId === this.person.id
      ? html`<button @click=${() => this.change({ assigneeId: null })}>
          ${texts.ticket.release}
        </button>`
      : html`<button @click=${() => this.change({ assigneeId: this.person.id })}>
          ${texts.ticket.take}
        </button>`;
  }

  private readonly onChoice = ({ target }: Event): void => {
    const select = target as HTMLSelectElement;
    const chosen = ticketStatuses.find((status) => status === select.value);
    // The select shows the stored status until the change has succeeded.
    select.value = this.ticket.status;
    if (chosen !== undefined) void this.set(chosen);
  };

  /**
   * Asks before an end, which destroys credentials, and before closing, which is final.
   */
  private async set(status: TicketStatus): Promise<void> {
    const asks = isEnded(status) && (!isEnded(this.ticket.status) || status === 'closed');
    if (asks && !(await this.querySelector<EndDialog>('end-dialog')?.ask(this.ticket, status)))
      return;
    await this.change({ status });
  }

  private async change(body: Change): Promise<void> {
    if (this.changing) return;
    this.changing = true;
    this.requestUpdate();
    let detail: Ticket | undefined;
    try {
      detail = await this.api.change(this.ticket, body);
      this.problem = undefined;
    } catch (error) {
      this.problem = toProblem(error);
    } finally {
      this.changing = false;
      this.requestUpdate();
      this.dispatchEvent(new CustomEvent('desk-changed', { detail, bubbles: true }));
    }
  }
}

const staleNotice = html`<p class="notice" role="alert">${texts.ticket.meanwhile}</p>`;

customElements.define('ticket-facts', TicketFacts);

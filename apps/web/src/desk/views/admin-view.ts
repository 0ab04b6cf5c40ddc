import { html, nothing, type PropertyValues } from 'lit';
import { logPages, receiptPages } from '../../api/newest-first.js';
import { type DeskApi, type LogEntry, type Page, type Receipt, type Ticket } from '../desk-api.js';
import { DeskElement, prop } from '../desk-element.js';
import { Paged } from '../paged.js';
import { problemNotice, waitingFor } from '../parts/notices.js';
import { nameIn } from '../parts/people.js';
import { timeOf } from '../parts/time.js';
import { Refresh } from '../refresh.js';
import { texts } from '../texts.js';

/** How often the lists are refreshed, in ms. */
const refreshEvery = 15_000;

/** An admin's view of a ticket: its access log and receipts, never secrets or replies. */
export class AdminView extends DeskElement {
  static override properties = { api: prop, ticket: prop };
  declare api: DeskApi;
  declare ticket: Ticket;
  private readonly log = new Paged<LogEntry>(
    this,
    (cursor) => this.api.accessLog(this.ticket.id, cursor),
    logPages,
  );
  private readonly receipts = new Paged<Receipt>(
    this,
    (cursor) => this.api.receipts(this.ticket.id, cursor),
    receiptPages,
  );

  constructor() {
    super();
    new Refresh(this, refreshEvery, () => {
      // A running request for older items is not replaced.
      for (const list of [this.log, this.receipts])
        if (list.loading.wait === 'none') list.loadNewest();
    });
  }

  protected override willUpdate(changed: PropertyValues): void {
    const before = changed.get('ticket') as Ticket | undefined;
    if (!changed.has('ticket') || before?.id === this.ticket.id) return;
    for (const list of [this.log, this.receipts]) {
      list.loading.forget();
      list.loadNewest();
    }
  }

  protected override render() {
    const { loading: log } = this.log;
    const { loading: receipts } = this.receipts;
    const problem = log.problem ?? receipts.problem;
    return html`
      <p class="notice">${texts.ticket.adminOnly}</p>
      ${
        problem === undefined
          ? nothing
          : problemNotice(problem, () => {
              for (const list of [this.log, this.receipts]) list.retry();
            })
      }
      ${waitingFor(log)} ${log.value === undefined ? nothing : this.access(log.value)}
      ${receipts.value === undefined ? nothing : this.destroyed(receipts.value)}
    `;
  }

  private access({ items, nextCursor }: Page<LogEntry>) {
    const { columns, log, noLog: empty } = texts.evidence;
    return html`
      <div class="card stack">
        <h2 id="log-title">${log}</h2>
        ${
          items.length === 0
            ? html`<p class="soft">${empty}</p>`
            : html`<div class="table" tabindex="0" role="region" aria-labelledby="log-title">
                <table>
                  <thead>
                    <tr>
                      ${Object.values(columns).map((name) => html`<th scope="col">${name}</th>`)}
                    </tr>
                  </thead>
                  <tbody>
                    ${items.map((entry) => logRow(entry, this.ticket))}
                  </tbody>
                </table>
              </div>`
        }
        ${nextCursor === null ? nothing : moreOf(this.log)}
      </div>
    `;
  }

  private destroyed({ items, nextCursor }: Page<Receipt>) {
    const { receipts: title, noReceipts, destroyed, reasons } = texts.evidence;
    return html`
      <div class="card stack">
        <h2>${title}</h2>
        ${
          items.length === 0
            ? html`<p class="soft">${noReceipts}</p>`
            : items.map(
                ({ destroyedAt, reason, credentialIds }) =>
                  html`<p>
                    ${destroyed(credentialIds.length)}, ${reasons[reason]} ·
                    <span class="soft">${timeOf(destroyedAt)}</span>
                  </p>`,
              )
        }
        ${nextCursor === null ? nothing : moreOf(this.receipts)}
      </div>
    `;
  }
}

const moreOf = (list: { loadOlder: () => void }) =>
  html`<button
    @click=${() => {
      list.loadOlder();
    }}
  >
    ${texts.more}
  </button>`;

function logRow(entry: LogEntry, ticket: Ticket) {
  const { at, actorId, actorName, outcome, address } = entry;
  const [what, why] = actionText(entry, ticket);
  return html`
    <tr>
      <td>${timeOf(at)}</td>
      <td>${actorName ?? (actorId === null ? texts.evidence.system : nameIn(ticket, actorId))}</td>
      <td>${what}</td>
      <td>
        ${texts.evidence.outcomes[outcome] ?? outcome}
        ${why === null ? nothing : html`<span class="soft">(${why})</span>`}
      </td>
      <td class="soft">${address ?? ''}</td>
    </tr>
  `;
}

/** The action and its reason. The reason of an assignment is the id of the assignee. */
function actionText(
  { action, reason }: LogEntry,
  ticket: Ticket,
): readonly [string, string | null] {
  const { actions, assignedTo } = texts.evidence;
  const reasons: Readonly<Record<string, string>> = texts.evidence.reasons;
  if (action === 'assign' && reason !== null) return [assignedTo(nameIn(ticket, reason)), null];
  return [actions[action] ?? action, reason === null ? null : (reasons[reason] ?? reason)];
}

customElements.define('admin-view', AdminView);

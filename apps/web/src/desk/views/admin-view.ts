import { html, nothing, type PropertyValues } from 'lit';
import { type DeskApi, type LogEntry, type Page, type Receipt, type Ticket } from '../desk-api.js';
import { DeskElement } from '../desk-element.js';
import { Loading } from '../loading.js';
import { problemNotice, waitingFor } from '../parts/notices.js';
import { when } from '../parts/time.js';
import { Refresh } from '../refresh.js';
import { texts } from '../texts.js';

/** How often the log is looked at anew, in ms. */
const refreshEvery = 15_000;

/** What an admin sees of a ticket: who did what with its credentials, and never what was shared or said. */
export class AdminView extends DeskElement {
  static override properties = { api: { attribute: false }, ticket: { attribute: false } };
  declare api: DeskApi;
  declare ticket: Ticket;
  /** By their place in the log. */
  private entries = new Map<number, LogEntry>();
  private cursor: string | undefined;
  private next: string | null = null;
  private readonly log = new Loading(this, () => this.api.accessLog(this.ticket.id, this.cursor));
  private readonly receipts = new Loading(this, () => this.api.receipts(this.ticket.id));

  constructor() {
    super();
    new Refresh(this, refreshEvery, () => {
      // Older entries that somebody has asked for come first.
      if (this.log.wait === 'none') this.look();
    });
  }

  protected override willUpdate(changed: PropertyValues): void {
    const before = changed.get('ticket') as Ticket | undefined;
    if (!changed.has('ticket') || before?.id === this.ticket.id) return;
    this.entries = new Map();
    this.look();
  }

  protected override render() {
    const { log, receipts } = this;
    const problem = log.problem ?? receipts.problem;
    return html`
      <p class="notice">${texts.ticket.adminOnly}</p>
      ${
        problem === undefined
          ? nothing
          : problemNotice(problem, () => {
              this.look(this.cursor);
            })
      }
      ${waitingFor(log)} ${log.value === undefined ? nothing : this.access()}
      ${receipts.value === undefined ? nothing : this.destroyed(receipts.value)}
    `;
  }

  private access() {
    const { columns, log, noLog } = texts.evidence;
    const { next } = this;
    const newestFirst = [...this.entries.values()].sort((one, other) => other.seq - one.seq);
    return html`
      <div class="card stack">
        <h2 id="log-title">${log}</h2>
        ${
          newestFirst.length === 0
            ? html`<p class="soft">${noLog}</p>`
            : html`<div class="table" tabindex="0" role="region" aria-labelledby="log-title">
                <table>
                  <thead>
                    <tr>
                      ${Object.values(columns).map((name) => html`<th scope="col">${name}</th>`)}
                    </tr>
                  </thead>
                  <tbody>
                    ${newestFirst.map(logRow)}
                  </tbody>
                </table>
              </div>`
        }
        ${
          next === null
            ? nothing
            : html`<button
                @click=${() => {
                  this.look(next);
                }}
              >
                ${texts.more}
              </button>`
        }
      </div>
    `;
  }

  private destroyed(receipts: readonly Receipt[]) {
    const { receipts: title, noReceipts, destroyed, reasons } = texts.evidence;
    return html`
      <div class="card stack">
        <h2>${title}</h2>
        ${
          receipts.length === 0
            ? html`<p class="soft">${noReceipts}</p>`
            : receipts.map(
                ({ destroyedAt, reason, credentialIds }) =>
                  html`<p>${destroyed(credentialIds.length)}, ${reasons[reason]} · <span class="soft">${when(destroyedAt)}</span></p>`,
              )
        }
      </div>
    `;
  }

  /** @param cursor of older entries; the newest otherwise */
  private look(cursor?: string): void {
    this.cursor = cursor;
    void this.log.load().then((came) => {
      if (came && this.log.value !== undefined) this.take(this.log.value);
    });
    void this.receipts.load();
  }

  private take({ items, nextCursor }: Page<LogEntry>): void {
    if (this.cursor !== undefined || this.entries.size === 0) this.next = nextCursor;
    for (const entry of items) this.entries.set(entry.seq, entry);
    this.requestUpdate();
  }
}

const logRow = ({ at, actorId, actorName, action, outcome, reason, address }: LogEntry) => html`
  <tr>
    <td>${when(at)}</td>
    <td>${actorName ?? actorId ?? texts.evidence.system}</td>
    <td>${texts.evidence.actions[action] ?? action}</td>
    <td>${texts.evidence.outcomes[outcome] ?? outcome}${reason === null ? nothing : html` <span class="soft">(${reason})</span>`}</td>
    <td class="soft">${address ?? ''}</td>
  </tr>
`;

customElements.define('admin-view', AdminView);

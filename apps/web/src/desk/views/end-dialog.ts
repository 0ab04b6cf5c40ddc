import { html } from 'lit';
import { type EndStatus } from '../../api/ticket-status.js';
import { type DeskApi, type Ticket } from '../desk-api.js';
import { DeskElement, prop } from '../desk-element.js';
import { texts } from '../texts.js';

/** Asks before a ticket ends, and says how many credentials that destroys. */
export class EndDialog extends DeskElement {
  static override properties = { api: prop };
  declare api: DeskApi;
  private end: EndStatus = 'resolved';
  private count: number | undefined;
  private answerWith: ((wanted: boolean) => void) | undefined;

  /** @returns whether it is to be ended */
  async ask(ticket: Ticket, end: EndStatus): Promise<boolean> {
    this.end = end;
    this.count = undefined;
    this.requestUpdate();
    const counting = this.api.liveCredentials(ticket.id).then(
      (count) => {
        this.count = count;
        this.requestUpdate();
      },
      // A person who may end the ticket may be unable to list its credentials. The
      // question is then asked without a number.
      () => undefined,
    );
    await Promise.race([counting, new Promise((resolve) => setTimeout(resolve, 400))]);
    await this.updateComplete;
    this.querySelector('dialog')?.showModal();
    return new Promise((resolve) => (this.answerWith = resolve));
  }

  protected override render() {
    const { end, count } = this;
    const resolving = end === 'resolved';
    const destroys = count !== 0;
    return html`
      <dialog
        aria-labelledby="end-title"
        aria-describedby="end-what"
        @close=${() => {
          this.settle(false);
        }}
      >
        <div class="stack">
          <h2 id="end-title">${resolving ? texts.end.resolve : texts.end.close}</h2>
          <div id="end-what" class="stack tight">
            <p>
              <strong>${count === undefined ? texts.end.unknown : texts.end.count(count)}</strong>
            </p>
            ${destroys ? html`<p class="soft">${texts.end.forGood}</p>` : ''}
            ${resolving ? '' : html`<p class="soft">${texts.end.closeForGood}</p>`}
          </div>
          <div class="buttons end">
            <button
              @click=${() => {
                this.settle(false);
              }}
            >
              ${texts.end.keep}
            </button>
            <button
              class=${destroys ? 'danger' : 'primary'}
              @click=${() => {
                this.settle(true);
              }}
            >
              ${resolving ? texts.end.doResolve : texts.end.doClose}
            </button>
          </div>
        </div>
      </dialog>
    `;
  }

  private settle(wanted: boolean): void {
    this.answerWith?.(wanted);
    this.answerWith = undefined;
    this.querySelector('dialog')?.close();
  }
}

customElements.define('end-dialog', EndDialog);

import { html, nothing, unsafeCSS } from 'lit';
import { newIdempotencyKey } from '../../api/client.js';
import { Action } from '../action.js';
import { icons } from '../styles/icons.js';
import css from '../styles/agent-view.css?inline';
import { outcomeNote } from '../notes.js';
import { baseStyles, ElementPart } from '../element-part.js';

/** Requests credentials from the customer, and shows the open request. */
export class RequestPanel extends ElementPart {
  static override styles = [baseStyles, unsafeCSS(css)];
  private isWriting = false;
  private message = '';
  private key = '';
  private readonly sending: Action = new Action(this);

  protected override render() {
    const { watch, texts } = this.context;
    const { openRequest } = watch;
    const body =
      openRequest !== undefined
        ? this.asked(openRequest)
        : this.isWriting
          ? this.form()
          : this.invitation();
    if (watch.credentials.length > 0)
      return html`${body}${outcomeNote(this.context, this.sending)}`;
    return html`<div class="card hero">
      <span class="emblem">${icons.lock}</span>
      <h2>${texts.agent.none}</h2>
      ${body}${outcomeNote(this.context, this.sending)}
    </div>`;
  }

  private invitation() {
    return html`<button class="ask" @click=${this.onWrite}>
      ${this.context.texts.agent.request}
    </button>`;
  }

  private asked({
    id,
    createdAt,
    message,
  }: {
    readonly id: string;
    readonly createdAt: string;
    readonly message: string | null;
  }) {
    const { texts, format } = this.context;
    return html`<div class="note row spread wide" role="status">
      <span
        >${texts.agent.requested(format.near(createdAt))}
        ${message ? html`<span class="soft">“${message}”</span>` : nothing}</span
      >
      <button
        class="quiet"
        aria-disabled=${String(this.sending.busy)}
        @click=${() => void this.withdraw(id)}
      >
        ${texts.agent.requestWithdraw}
      </button>
    </div>`;
  }

  private form() {
    const { texts } = this.context;
    return html`<form class="stack tight wide" @submit=${this.onSend}>
      <label for="message"
        >${texts.agent.requestMessage} <span class="soft">(${texts.share.optional})</span></label
      >
      <textarea
        id="message"
        rows="2"
        maxlength="1000"
        .value=${this.message}
        @input=${(event: Event) => {
          this.message = (event.target as HTMLTextAreaElement).value;
        }}
      ></textarea>
      <div class="row end">
        <button type="button" @click=${this.onCancel}>${texts.cancel}</button>
        <button class="primary" aria-disabled=${String(this.sending.busy)}>
          ${texts.agent.requestSend}
        </button>
      </div>
    </form>`;
  }

  private readonly onWrite = (): void => {
    this.key = newIdempotencyKey();
    void this.setWriting(true);
  };

  private readonly onCancel = (): void => {
    void this.setWriting(false);
  };

  private readonly onSend = (event: Event): void => {
    event.preventDefault();
    void this.send();
  };

  private async setWriting(whether: boolean): Promise<void> {
    this.isWriting = whether;
    this.sending.forget();
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(whether ? 'textarea' : '.ask')?.focus();
  }

  private async send(): Promise<void> {
    const { api, watch } = this.context;
    const [message, key] = [this.message, this.key];
    if (
      !(await this.sending.run(() => api.requestCredentials(message === '' ? null : message, key)))
    )
      return;
    this.message = '';
    this.isWriting = false;
    await watch.refresh();
  }

  private async withdraw(id: string): Promise<void> {
    const { api, watch } = this.context;
    if (await this.sending.run(() => api.withdrawRequest(id))) await watch.refresh();
  }
}

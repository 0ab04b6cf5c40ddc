import { html, nothing } from 'lit';
import { DeskElement, prop } from '../desk-element.js';
import { type Session } from '../session/session.js';
import { texts } from '../texts.js';

/** A dialog over the current view when the session has ended. Unsent text is kept. */
export class SessionEnded extends DeskElement {
  static override properties = { session: prop, failed: { state: true } };
  declare session: Session;
  declare failed: boolean;

  protected override firstUpdated(): void {
    this.open();
  }

  protected override render() {
    return html`
      <dialog aria-labelledby="ended-title" @keydown=${stayAtEscape} @close=${this.open}>
        <div class="stack">
          <h2 id="ended-title">${texts.signIn.ended}</h2>
          <p>${texts.signIn.endedLead}</p>
          ${
            this.failed
              ? html`<p class="notice danger-note" role="alert">${texts.signIn.failed}</p>`
              : nothing
          }
          <div class="buttons end">
            <button
              class="quiet"
              @click=${() => {
                void this.session.signOut();
              }}
            >
              ${texts.signIn.out}
            </button>
            <button class="primary" autofocus @click=${this.signIn}>${texts.signIn.again}</button>
          </div>
        </div>
      </dialog>
    `;
  }

  /** Opens again if the browser closed it, since nothing else leads to a sign-in. */
  private readonly open = (): void => {
    if (this.isConnected) this.querySelector('dialog')?.showModal();
  };

  private readonly signIn = async (): Promise<void> => {
    this.failed = false;
    await this.session.signInAgain().catch(() => undefined);
    this.failed = this.session.state === 'ended';
  };
}

/** `cancel` can be prevented only once per user interaction, `keydown` always. */
function stayAtEscape(event: KeyboardEvent): void {
  if (event.key === 'Escape') event.preventDefault();
}

customElements.define('session-ended', SessionEnded);

import { html } from 'lit';
import { DeskElement } from '../desk-element.js';
import { type Session } from '../session/session.js';
import { texts } from '../texts.js';

/** Over whatever is on the screen when a session has ended: it stays there, and so does what was typed. */
export class SessionEnded extends DeskElement {
  static override properties = { session: { attribute: false } };
  declare session: Session;

  protected override firstUpdated(): void {
    this.querySelector('dialog')?.showModal();
  }

  protected override render() {
    return html`
      <dialog
        aria-labelledby="ended-title"
        @cancel=${(event: Event) => {
          event.preventDefault();
        }}
      >
        <div class="stack">
          <h2 id="ended-title">${texts.signIn.ended}</h2>
          <p>${texts.signIn.endedLead}</p>
          <div class="buttons end">
            <button
              class="quiet"
              @click=${() => {
                this.session.signOut();
              }}
            >
              ${texts.signIn.out}
            </button>
            <button class="primary" @click=${() => this.session.leaveForIssuer()}>${texts.signIn.again}</button>
          </div>
        </div>
      </dialog>
    `;
  }
}

customElements.define('session-ended', SessionEnded);

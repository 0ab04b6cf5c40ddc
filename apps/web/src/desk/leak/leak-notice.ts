import { html, nothing, type TemplateResult } from 'lit';
import { icons } from '../parts/icons.js';
import { texts } from '../texts.js';

interface LeakNotice {
  /** A customer has a private form to move it into. */
  readonly canMove: boolean;
  /** Somebody was about to send it: now they have to choose. */
  readonly asking: boolean;
  readonly onMove: () => void;
  readonly onSend: () => void;
}

/**
 * Shown as soon as a message looks as if it held a secret;
 * sending it then needs a decision.
 */
export const leakNotice = ({ canMove, asking, onMove, onSend }: LeakNotice): TemplateResult => html`
  <div class="notice warning leak" role="alert">
    ${icons.warning}
    <div class="grow">
      <strong>${texts.leak.title}</strong>
      <p class="small">${canMove ? texts.leak.body : texts.leak.bodyAgent}</p>
    </div>
    <div class="buttons">
      <button type="button" class="primary" @click=${onMove}>
        ${canMove ? texts.leak.move : texts.leak.remove}
      </button>
      ${
        asking
          ? html`<button type="button" @click=${onSend}>${texts.leak.sendAnyway}</button>`
          : nothing
      }
    </div>
  </div>
`;

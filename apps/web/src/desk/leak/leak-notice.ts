import { html, nothing, type TemplateResult } from 'lit';
import { icons } from '../parts/icons.js';
import { texts } from '../texts.js';

interface LeakNotice {
  /** True for a customer, who can move the secret into the private form. */
  readonly canMove: boolean;
  /** The person has tried to send the message, and must now choose. */
  readonly asking: boolean;
  readonly onMove: () => void;
  readonly onSend: () => void;
}

/** Warns that a message seems to contain a secret; sending it then needs a decision. */
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

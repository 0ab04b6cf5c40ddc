import { html, type TemplateResult } from 'lit';

interface Confirmation {
  readonly text: string;
  readonly yes: string;
  readonly no: string;
  readonly busy: boolean;
  readonly onYes: () => void;
  readonly onNo: () => void;
}

/** Asks before something is destroyed. The harmless answer comes first. */
export const confirmation = ({ text, yes, no, busy, onYes, onNo }: Confirmation): TemplateResult =>
  html`<div class="note danger row spread" role="alert">
    <span class="question">${text}</span>
    <span class="row">
      <button @click=${onNo}>${no}</button>
      <button class="danger" aria-disabled=${String(busy)} @click=${onYes}>${yes}</button>
    </span>
  </div>`;

import { html, type TemplateResult } from 'lit';
import { type ElementTexts } from '../../texts/element-texts.js';

/** Asked where the helpdesk demands a reason; it stands in the access log. */
export const reasonField = (
  texts: ElementTexts['agent'],
  onInput: (reason: string) => void,
): TemplateResult =>
  html`<div class="stack tight reason">
    <label for="reason">${texts.reason}</label>
    <input
      id="reason"
      maxlength="500"
      autocomplete="off"
      aria-describedby="reason-note"
      @input=${(event: Event) => {
        onInput((event.target as HTMLInputElement).value);
      }}
    />
    <p class="soft small" id="reason-note">${texts.reasonNeeded}</p>
  </div>`;

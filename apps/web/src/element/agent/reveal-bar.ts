import { html, nothing, type TemplateResult } from 'lit';
import { icons } from '../styles/icons.js';
import { type Context } from '../session/context.js';
import { clock } from '../../texts/format.js';

/** The time that is left of a reveal, with the buttons that mask or hide it. */
export function revealBar({ texts, reveal, windowFocus }: Context): TemplateResult {
  const { agent } = texts;
  const hide = () => {
    reveal.wipe('hidden');
  };
  const toggle = () => {
    reveal.toggleMask();
  };
  return html`<div class="bar row spread">
    <span class="soft small">
      <span role="timer">${agent.remaining(clock(reveal.remaining))}</span
      >${windowFocus.isFocused ? nothing : html` · ${agent.away}`}
    </span>
    <span class="row">
      <button aria-pressed=${String(reveal.masked)} @click=${toggle}>
        ${reveal.masked ? icons.eye : icons.eyeOff}${reveal.masked ? agent.unmask : agent.mask}
      </button>
      <button @click=${hide}>${agent.hideNow}</button>
    </span>
  </div>`;
}

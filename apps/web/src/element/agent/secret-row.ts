import { html, type TemplateResult } from 'lit';
import { type Context } from '../session/context.js';
import { copyButton } from './copy-button.js';

/** Always the same length, so it does not show the length of the secret. */
export const mask = '••••••••••';

/** Masked by hand (for a shared screen), or because the window has no focus. */
export const isMasked = ({ windowFocus, reveal }: Context): boolean =>
  reveal.masked || !windowFocus.isFocused;

/** A labelled value with a copy button, which works while the value is masked too. */
export const secretRow = (
  context: Context,
  name: string,
  value: string,
  shown: string | TemplateResult = html`<bdi>${value}</bdi>`,
): TemplateResult => {
  const { masked } = context.texts.agent;
  return html`<div class="secret">
    <dt>${name}</dt>
    <dd class="mono">
      ${
        isMasked(context)
          ? html`<span class="masked" role="img" aria-label=${masked}>${mask}</span>`
          : shown
      }
    </dd>
    <dd>${copyButton(context, name, value)}</dd>
  </div>`;
};

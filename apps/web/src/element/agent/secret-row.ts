import { html, type TemplateResult } from 'lit';
import { type Context } from '../session/context.js';
import { copyButton } from './copy-button.js';

/** Says nothing of how long it is. */
export const mask = '••••••••••';

/**
 * Whether nothing is to be read at the moment: the window is not in front, or
 * somebody shares their screen.
 */
export const isMasked = ({ front, reveal }: Context): boolean => reveal.masked || !front.now;

/** A value with its name and a button that copies it, masked or not. */
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

import { html, type TemplateResult } from 'lit';
import { icons } from '../styles/icons.js';
import { type Context } from '../session/context.js';

/** How long the button shows that the copy worked, in ms. */
const shownMs = 2_000;

/** Copies a value without showing it, and announces that to screen readers. */
export const copyButton = (context: Context, name: string, value: string): TemplateResult =>
  html`<button
    class="quiet icon-only copy"
    aria-label=${context.texts.agent.copy(name)}
    title=${context.texts.agent.copy(name)}
    @click=${(event: Event) => void copy(context, name, value, event.currentTarget as HTMLElement)}
  >
    <span class="before">${icons.copy}</span><span class="after">${icons.check}</span>
  </button>`;

async function copy(
  { clipboard, texts, seconds, announce }: Context,
  name: string,
  value: string,
  button: HTMLElement,
): Promise<void> {
  try {
    await clipboard.copy(value, seconds.clipboard, () => {
      announce(texts.agent.cleared);
    });
    announce(texts.agent.copied(name, seconds.clipboard));
    button.classList.add('done');
    setTimeout(() => {
      button.classList.remove('done');
    }, shownMs);
  } catch {
    announce(texts.agent.copyFailed);
  }
}

import { html, type TemplateResult } from 'lit';
import { icons } from '../look/icons.js';
import { type Context } from '../session/context.js';

/** Says that the ticket has ended and its credentials are destroyed. */
export function endedNote({ texts, watch, reveal }: Context): TemplateResult {
  const status = watch.ticket?.status === 'closed' ? 'closed' : 'resolved';
  return html`<div class="note success" role="status">
    ${icons.shield}
    <div>
      <p class="label">${texts.ended.title[status]}</p>
      <p>${reveal.gone === 'ended' ? texts.ended.wiped : texts.ended.gone}</p>
    </div>
  </div>`;
}

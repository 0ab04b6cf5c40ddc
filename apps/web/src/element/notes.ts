import { html, nothing, type TemplateResult } from 'lit';
import { type Action } from './action.js';
import { type Context, problemText } from './session/context.js';
import { icons } from './styles/icons.js';

type Rendered = TemplateResult | typeof nothing;

/**
 * Says that an action is slow or has failed. An internal error gets the request id, by
 * which it is found in the logs.
 */
export function outcomeNote(
  { texts }: Context,
  { slow, problem }: Pick<Action, 'slow' | 'problem'>,
): Rendered {
  if (slow) return html`<p class="soft small" role="status">${texts.slow}</p>`;
  if (problem === undefined) return nothing;
  const reference =
    problem.code === 'internal' && problem.requestId
      ? ` ${texts.reference(problem.requestId)}`
      : '';
  return html`<p class="note danger" role="alert">${problemText(texts, problem)}${reference}</p>`;
}

/** Says why nothing is shown while a ticket is in doubt. */
export const doubtNote = ({ texts }: Context): TemplateResult =>
  html`<p class="note warning" role="status">${texts.doubted}</p>`;

/** Says that the ticket has ended and its credentials are destroyed. */
export function endedNote({ texts, watch, reveal }: Context): TemplateResult {
  const status = watch.ticket?.status === 'closed' ? 'closed' : 'resolved';
  return html`<div class="note success" role="status">
    ${icons.shield}
    <div>
      <p class="label">${texts.ended.title[status]}</p>
      <p>${reveal.wipeReason === 'ended' ? texts.ended.wiped : texts.ended.gone}</p>
    </div>
  </div>`;
}

/**
 * Says why the view may be outdated: the last fetch failed. An open stream does not
 * repair that, since it reports only what happens from now on.
 */
export function connectionNote({ texts, watch }: Context, retry: () => void): Rendered {
  const { problem, ticket } = watch;
  if (problem === undefined) return nothing;
  if (problem.code === 'unreachable')
    return html`<p class="note warning small" role="status">${texts.offline}</p>`;
  const again =
    ticket === undefined ? html`<button @click=${retry}>${texts.retry}</button>` : nothing;
  return html`<div class="note warning small row spread" role="status">
    <span>${problemText(texts, problem)}</span>${again}
  </div>`;
}

/** A relative time such as "5 minutes ago"; its title is the exact one. */
export const timeOf = ({ format }: Context, time: string): TemplateResult =>
  html`<time datetime=${time} title=${format.exactly(time)}>${format.near(time)}</time>`;

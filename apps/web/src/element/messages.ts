import { html, nothing, type TemplateResult } from 'lit';
import { type Action } from './action.js';
import { type Context, problemText } from './session/context.js';

type Rendered = TemplateResult | typeof nothing;

/**
 * What became of an action, where that was no success: said aloud, with
 * what finds it in the logs.
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

/** Why nothing is shown of a ticket that is in doubt. */
export const doubtNote = ({ texts }: Context): TemplateResult =>
  html`<p class="note warning" role="status">${texts.doubted}</p>`;

/**
 * Why what is shown may be old. A stream may be open all the same: it tells of what
 * comes, and not of what a look has missed.
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

/** A point in time in words, with the exact one behind it. */
export const timeOf = ({ format }: Context, time: string): TemplateResult =>
  html`<time datetime=${time} title=${format.exactly(time)}>${format.near(time)}</time>`;

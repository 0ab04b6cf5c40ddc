import { html, nothing, type TemplateResult } from 'lit';
import { type ApiProblem } from '../../api/problem.js';
import { type Loading } from '../loading.js';
import { texts } from '../texts.js';

/** In our words where we have some, else in the API's. */
export const problemText = ({ code, detail }: ApiProblem): string => texts.problems[code] ?? detail;

/**
 * What went wrong, what to do, and what to tell support.
 * @param retry absent where trying again is another button's
 */
export const problemNotice = (problem: ApiProblem, retry?: () => void): TemplateResult => html`
  <div class="notice danger-note" role="alert">
    <div class="grow">
      ${problemText(problem)}
      ${
        problem.requestId === undefined
          ? nothing
          : html`<span class="soft small">${texts.reference(problem.requestId)}</span>`
      }
    </div>
    ${retry === undefined ? nothing : html`<button @click=${retry}>${texts.retry}</button>`}
  </div>
`;

/**
 * What is between nothing and a first answer; nothing for a wait that nobody notices, nor
 * for a look that nobody has asked for.
 */
export function waitingFor({
  wait,
  value,
  problem,
}: Pick<Loading<unknown>, 'wait' | 'value' | 'problem'>): TemplateResult | typeof nothing {
  if (value !== undefined || problem !== undefined || wait === 'none' || wait === 'short')
    return nothing;
  return html`<p class="waiting" role="status">
    ${wait === 'doubtful' ? texts.slow : texts.loading}
  </p>`;
}

import { html, nothing, type TemplateResult } from 'lit';
import { type ApiProblem } from '../../api/problem.js';
import { type Loading } from '../loading.js';
import { texts } from '../texts.js';

/** Our text for a known code, else the API's. */
export const problemText = ({ code, detail }: ApiProblem): string => texts.problems[code] ?? detail;

/**
 * Shows a problem, with the request id as a reference for support.
 * @param retry absent if another button of the view retries
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
 * Shows a wait for the first value, once it is noticeable. A later refresh shows none.
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

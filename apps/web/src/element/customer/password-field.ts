import { html, type LitElement, nothing, type TemplateResult } from 'lit';
import { icons } from '../styles/icons.js';
import { splice } from '../line-breaks.js';
import { passwordRemark } from './credential-draft.js';
import { fault, type FieldsModel, invalid, labelOf, typed } from './field.js';

/** The password, masked until its owner shows it; an input, or a textarea for a key. */
export function passwordField(model: FieldsModel): TemplateResult {
  const { texts, draft, shown } = model;
  const remark = passwordRemark(draft.password);
  return html`
    <div class="stack tight">
      ${labelOf(model, 'password')}
      <div class="password">
        ${remark === 'lines' ? passwordLines(model) : passwordLine(model)}
        <button
          type="button"
          class="quiet icon-only"
          aria-pressed=${String(shown)}
          aria-label=${shown ? texts.hide : texts.show}
          @click=${model.onToggle}
        >
          ${shown ? icons.eyeOff : icons.eye}
        </button>
      </div>
      ${
        remark === undefined
          ? nothing
          : html`<p class="soft small" id="password-remark">${texts[remark]}</p>`
      }
      ${fault(model, 'password')}
    </div>
  `;
}

const passwordLine = (model: FieldsModel) => html`
  <input
    id="password"
    class="mono"
    type=${model.shown ? 'text' : 'password'}
    required
    autocomplete="new-password"
    autocapitalize="off"
    spellcheck="false"
    data-1p-ignore
    data-lpignore="true"
    aria-invalid=${invalid(model, 'password')}
    aria-describedby="password-remark password-fault"
    .value=${model.draft.password}
    @input=${onType(model)}
    @paste=${onPaste(model)}
  />
`;

const passwordLines = (model: FieldsModel) => html`
  <textarea
    id="password"
    class="mono ${model.shown ? '' : 'veiled'}"
    rows="5"
    required
    autocomplete="off"
    autocapitalize="off"
    spellcheck="false"
    aria-invalid=${invalid(model, 'password')}
    aria-describedby="password-remark password-fault"
    .value=${model.draft.password}
    @input=${onType(model)}
    @paste=${onPaste(model)}
  ></textarea>
`;

const onType = (model: FieldsModel) => (event: Event) => {
  typed(model, 'password')(event);
  const field = event.target as HTMLInputElement;
  void stayAt(field, field.selectionStart ?? 0);
};

/**
 * An input drops pasted line breaks, and a textarea normalises them. A pasted key file is
 * therefore inserted here, byte for byte.
 */
const onPaste = (model: FieldsModel) => (event: ClipboardEvent) => {
  const pasted = event.clipboardData?.getData('text/plain') ?? '';
  if (!/[\r\n]/.test(pasted.replace(/[\r\n]+$/, ''))) return;
  event.preventDefault();
  const field = event.target as HTMLInputElement;
  const [start, end] = [field.selectionStart ?? 0, field.selectionEnd ?? field.value.length];
  const { password } = model.draft;
  model.onInput('password', splice(password, start, end, pasted));
  void stayAt(field, start + pasted.replaceAll('\r\n', '\n').length);
};

/**
 * The first line break replaces the input by a textarea, and removing the last one does
 * the reverse. Focus and caret move to the new field.
 */
async function stayAt(field: HTMLInputElement, caret: number): Promise<void> {
  const root = field.getRootNode() as ShadowRoot;
  await (root.host as LitElement).updateComplete;
  const now = root.querySelector<HTMLInputElement>('#password');
  if (now === null || (now === field && now.selectionStart === caret)) return;
  now.focus();
  now.setSelectionRange(caret, caret);
}

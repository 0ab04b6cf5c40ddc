import { html, type TemplateResult } from 'lit';
import { type FieldsModel, fault, faultId, invalid, labelOf, typed } from './field.js';
import { passwordField } from './password-field.js';

/** The form's fields. Nothing is trimmed, completed, corrected or remembered. */
export const shareFields = (model: FieldsModel): TemplateResult => html`
  ${oneLine(model, 'username')} ${passwordField(model)} ${oneLine(model, 'link')} ${lines(model)}
  ${expiry(model)}
`;

const oneLine = (model: FieldsModel, field: 'username' | 'link') => html`
  <div class="stack tight">
    ${labelOf(model, field)}
    <input
      id=${field}
      class=${field === 'username' ? 'mono' : ''}
      ?autofocus=${field === 'username'}
      ?required=${field === 'username'}
      inputmode=${field === 'link' ? 'url' : 'text'}
      placeholder=${field === 'link' ? 'https://' : ''}
      autocomplete="off"
      autocapitalize="off"
      spellcheck="false"
      data-1p-ignore
      data-lpignore="true"
      aria-invalid=${invalid(model, field)}
      aria-describedby=${faultId(field)}
      .value=${model.draft[field]}
      @input=${typed(model, field)}
    />
    ${fault(model, field)}
  </div>
`;

const lines = (model: FieldsModel) => html`
  <div class="stack tight">
    ${labelOf(model, 'additionalInformation')}
    <textarea
      id="additionalInformation"
      rows="3"
      autocomplete="off"
      spellcheck="false"
      aria-invalid=${invalid(model, 'additionalInformation')}
      aria-describedby="additionalInformation-fault"
      .value=${model.draft.additionalInformation}
      @input=${typed(model, 'additionalInformation')}
    ></textarea>
    ${fault(model, 'additionalInformation')}
  </div>
`;

const expiry = (model: FieldsModel) => html`
  <div class="stack tight">
    <label for="expiresIn">${model.texts.expiresIn}</label>
    <select
      id="expiresIn"
      aria-invalid=${invalid(model, 'expiresIn')}
      aria-describedby="expiry-note expiresIn-fault"
      @change=${typed(model, 'expiresIn')}
    >
      ${Object.entries(model.texts.expiryChoices).map(
        ([seconds, text]) =>
          html`<option value=${seconds} .selected=${seconds === model.draft.expiresIn}>
            ${text}
          </option>`,
      )}
    </select>
    <p class="soft small" id="expiry-note">${model.texts.expiryNote}</p>
    ${fault(model, 'expiresIn')}
  </div>
`;

import { html, nothing, type TemplateResult } from 'lit';
import { type ElementTexts } from '../../texts/element-texts.js';
import { keepLineBreaks } from '../line-breaks.js';
import { type CredentialDraft, type CredentialField } from './credential-draft.js';

/** Values, faults and callbacks of the form's fields. */
export interface FieldsModel {
  readonly texts: ElementTexts['share'];
  readonly draft: CredentialDraft;
  readonly faults: Readonly<Partial<Record<CredentialField, string>>>;
  /** Whether the password is shown as text. */
  readonly shown: boolean;
  readonly onInput: (field: CredentialField, value: string) => void;
  readonly onToggle: () => void;
}

/** Handles input, and keeps the line breaks of the text before it. */
export const typed =
  ({ draft, onInput }: FieldsModel, field: CredentialField) =>
  (event: Event) => {
    onInput(field, keepLineBreaks(draft[field], (event.target as HTMLInputElement).value));
  };

export const faultId = (field: CredentialField) => `${field}-fault`;
export const fault = ({ faults }: FieldsModel, field: CredentialField) =>
  faults[field] === undefined
    ? nothing
    : html`<p class="fault" id=${faultId(field)}>${faults[field]}</p>`;
export const invalid = ({ faults }: FieldsModel, field: CredentialField) =>
  faults[field] === undefined ? 'false' : 'true';

export function labelOf(
  { texts }: FieldsModel,
  field: Exclude<CredentialField, 'expiresIn'>,
): TemplateResult {
  const required = field === 'username' || field === 'password';
  return html`<label for=${field}
    >${texts[field]}
    ${required ? nothing : html`<span class="soft">(${texts.optional})</span>`}</label
  >`;
}

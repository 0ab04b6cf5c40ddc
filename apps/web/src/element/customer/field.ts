import { html, nothing, type TemplateResult } from 'lit';
import { type ElementTexts } from '../../texts/element-texts.js';
import { keepLineBreaks } from '../line-breaks.js';
import { type Draft, type Field } from './draft.js';

/** What the fields show, and whom they tell. */
export interface FieldsModel {
  readonly texts: ElementTexts['share'];
  readonly draft: Draft;
  readonly faults: Readonly<Partial<Record<Field, string>>>;
  readonly shown: boolean;
  readonly onInput: (field: Field, value: string) => void;
  readonly onToggle: () => void;
}

/** Hands on what was typed. */
export const typed =
  ({ draft, onInput }: FieldsModel, field: Field) =>
  (event: Event) => {
    onInput(field, keepLineBreaks(draft[field], (event.target as HTMLInputElement).value));
  };

export const faultId = (field: Field) => `${field}-fault`;
export const fault = ({ faults }: FieldsModel, field: Field) =>
  faults[field] === undefined
    ? nothing
    : html`<p class="fault" id=${faultId(field)}>${faults[field]}</p>`;
export const invalid = ({ faults }: FieldsModel, field: Field) =>
  faults[field] === undefined ? 'false' : 'true';

export function labelOf(
  { texts }: FieldsModel,
  field: Exclude<Field, 'expiresIn'>,
): TemplateResult {
  const required = field === 'username' || field === 'password';
  return html`<label for=${field}
    >${texts[field]}
    ${required ? nothing : html`<span class="soft">(${texts.optional})</span>`}</label
  >`;
}

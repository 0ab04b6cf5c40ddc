import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';

interface TextField {
  /** Also the id of the field. */
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly fault: string | undefined;
  /** Whether it is a textarea. */
  readonly lines: boolean;
  /** Maximum length in characters, as in the API. */
  readonly limit: number;
  readonly onInput: (value: string) => void;
}

/** A labelled field with a hint and a fault. */
export function textField({
  name,
  label,
  hint,
  value,
  fault,
  lines,
  limit,
  onInput,
}: TextField): TemplateResult {
  const typed = ({ target }: Event): void => {
    onInput((target as HTMLInputElement).value);
  };
  const about = `${name}-hint${fault === undefined ? '' : ` ${name}-fault`}`;
  const invalid = fault === undefined ? 'false' : 'true';
  return html`
    <div class="field">
      <label for=${name}>${label}</label>
      <p class="soft small" id="${name}-hint">${hint}</p>
      ${
        lines
          ? html`<textarea
              id=${name}
              rows="6"
              maxlength=${limit}
              aria-describedby=${about}
              aria-invalid=${invalid}
              .value=${live(value)}
              @input=${typed}
            ></textarea>`
          : html`<input
              id=${name}
              autocomplete="off"
              maxlength=${limit}
              aria-describedby=${about}
              aria-invalid=${invalid}
              .value=${live(value)}
              @input=${typed}
            />`
      }
      ${fault === undefined ? nothing : html`<p class="fault" id="${name}-fault">${fault}</p>`}
    </div>
  `;
}

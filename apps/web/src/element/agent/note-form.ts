import { html, nothing, type TemplateResult } from 'lit';
import { type ElementTexts } from '../../texts/element-texts.js';

interface NoteForm {
  readonly texts: ElementTexts;
  readonly text: string;
  /** The text is shown as dots, and can be edited all the same. */
  readonly veiled: boolean;
  readonly busy: boolean;
  readonly outcome: TemplateResult | typeof nothing;
  /** Another agent saved first: this agent must choose what to keep. */
  readonly stale: boolean;
  readonly onInput: (text: string) => void;
  readonly onCancel: () => void;
  readonly onSave: () => void;
}

export const noteForm = ({
  texts,
  text,
  veiled,
  busy,
  outcome,
  stale,
  onInput,
  onCancel,
  onSave,
}: NoteForm): TemplateResult => html`
  <label for="note" class="soft">${texts.agent.note}</label>
  <textarea
    id="note"
    class=${veiled ? 'veiled' : ''}
    rows="4"
    spellcheck="false"
    autocomplete="off"
    .value=${text}
    @input=${(event: Event) => {
      onInput((event.target as HTMLTextAreaElement).value);
    }}
  ></textarea>
  ${outcome}
  <div class="row end">
    <button @click=${onCancel}>${texts.cancel}</button>
    ${
      stale
        ? nothing
        : html`<button class="primary" aria-disabled=${String(busy)} @click=${onSave}>
            ${busy ? texts.agent.saving : texts.agent.save}
          </button>`
    }
  </div>
`;

interface Conflict {
  readonly texts: ElementTexts;
  /** Undefined until it was loaded. */
  readonly theirs: string | null | undefined;
  readonly onShow: () => void;
  readonly onSave: () => void;
}

/** Another agent saved first. The typed text is kept; its writer chooses. */
export const noteConflict = ({ texts, theirs, onShow, onSave }: Conflict): TemplateResult =>
  html`<div class="note warning" role="alert">
    <div class="stack tight grow">
      <p>${texts.agent.conflict}</p>
      ${
        theirs === undefined
          ? nothing
          : html`<p class="label">${texts.agent.conflictTheirs}</p>
              <p class="value">
                <bdi>${theirs === null || theirs === '' ? texts.agent.noNote : theirs}</bdi>
              </p>`
      }
      <div class="row">
        ${
          theirs === undefined
            ? html`<button @click=${onShow}>${texts.agent.conflictShow}</button>`
            : nothing
        }
        <button @click=${onSave}>${texts.agent.conflictSave}</button>
      </div>
    </div>
  </div>`;

import { html, nothing, type TemplateResult, unsafeCSS } from 'lit';
import { type RevealedCredential } from '../../api/client.js';
import { Action } from '../action.js';
import css from '../styles/credential-card.css?inline';
import { keepLineBreaks } from '../line-breaks.js';
import { outcomeNote } from '../notes.js';
import { baseStyles, ElementPart } from '../element-part.js';
import { type Observable } from '../session/observable.js';
import { copyButton } from './copy-button.js';
import { noteConflict, noteForm } from './note-form.js';
import { isMasked, mask } from './secret-row.js';

/**
 * The notes of a credential, which an agent may change. A save names the version that the
 * agent has read, so that it never overwrites a newer one.
 */
export class NoteEditor extends ElementPart {
  static override styles = [baseStyles, unsafeCSS(css)];
  static override properties = { ...ElementPart.properties, credential: { attribute: false } };
  declare credential: RevealedCredential;
  /** The other agent's version after a conflict, once this agent has loaded it. */
  private theirs: RevealedCredential | undefined;
  private readonly saving: Action = new Action(this);
  private readonly loading: Action = new Action(this);

  protected override sources(): readonly Observable[] {
    return [this.context.watch, this.context.reveal, this.context.windowFocus];
  }

  protected override render() {
    const draft = this.context.reveal.drafts.get(this.credential.id);
    return html`<section class="stack tight">
      ${draft === undefined ? this.readView() : this.editView(draft.text)}
      ${outcomeNote(this.context, this.loading)}
    </section>`;
  }

  private readView() {
    const { context } = this;
    const { agent } = context.texts;
    const { additionalInformation: note } = this.credential;
    return html`<div class="secret notes">
        <span class="label soft">${agent.note}</span>
        <span class="value">${this.noteShown(note)}</span>
        <span class="row">
          ${note === null || note === '' ? nothing : copyButton(context, agent.note, note)}
          <button class="small-button edit" @click=${this.onEdit}>${agent.edit}</button>
        </span>
      </div>
      ${this.isOutdated ? this.changedNote() : nothing}`;
  }

  private noteShown(note: string | null): TemplateResult {
    const { agent } = this.context.texts;
    if (note === null || note === '') return html`<span class="soft">${agent.noNote}</span>`;
    return isMasked(this.context)
      ? html`<span class="masked" role="img" aria-label=${agent.masked}>${mask}</span>`
      : html`<bdi>${note}</bdi>`;
  }

  private changedNote() {
    const { agent } = this.context.texts;
    return html`<div class="note accent row spread" role="status">
      <span>${agent.noteChanged}</span>
      <button aria-disabled=${String(this.loading.busy)} @click=${this.onLoad}>
        ${agent.noteLoad}
      </button>
    </div>`;
  }

  private editView(text: string) {
    const { texts } = this.context;
    const { problem, busy } = this.saving;
    const stale = problem?.code === 'stale';
    const veiled = isMasked(this.context);
    const theirs = veiled ? undefined : this.theirs?.additionalInformation;
    const outcome = stale
      ? noteConflict({ texts, theirs, onShow: this.onLoad, onSave: this.onOverwrite })
      : outcomeNote(this.context, this.saving);
    const handlers = { onInput: this.onInput, onCancel: this.finish, onSave: this.onSave };
    return noteForm({ texts, text, veiled, busy, outcome, stale, ...handlers });
  }

  /** Another agent has changed the notes since this reveal. */
  private get isOutdated(): boolean {
    return (this.latestVersion ?? 0) > this.credential.noteVersion;
  }

  private get latestVersion(): number | undefined {
    return this.context.watch.credentials.find(({ id }) => id === this.credential.id)?.noteVersion;
  }

  private readonly onEdit = (): void => {
    const { additionalInformation, noteVersion, id } = this.credential;
    this.context.reveal.setDraft(id, { text: additionalInformation ?? '', version: noteVersion });
    void this.focusOn('textarea');
  };

  private readonly onInput = (text: string): void => {
    const { reveal } = this.context;
    const { id } = this.credential;
    const draft = reveal.drafts.get(id);
    if (draft !== undefined)
      reveal.setDraft(id, { ...draft, text: keepLineBreaks(draft.text, text) });
  };

  private readonly onSave = (): void => {
    void this.save(this.context.reveal.drafts.get(this.credential.id)?.version);
  };

  /** Overwrites the version that was shown. A newer one is a new conflict. */
  private readonly onOverwrite = (): void => {
    void this.save(this.theirs?.noteVersion ?? this.latestVersion);
  };

  /** A reveal is logged, so it needs a click. */
  private readonly onLoad = (): void => {
    const { api, reveal } = this.context;
    void this.loading.run(async () => {
      this.theirs = await api.revealOne(this.credential.id, reveal.reason);
      reveal.replace(this.theirs);
    });
  };

  private async save(version = this.credential.noteVersion): Promise<void> {
    const { api, reveal, watch, texts, announce } = this.context;
    const { credential } = this;
    const sent = reveal.drafts.get(credential.id)?.text ?? '';
    const note = sent === '' ? null : sent;
    this.theirs = undefined;
    const saved = await this.saving.run(async () => {
      const { noteVersion } = await api.editNote(credential.id, version, note);
      reveal.noteSaved({ ...credential, additionalInformation: note, noteVersion }, sent);
    });
    if (saved) {
      announce(texts.agent.saved);
      if (!reveal.drafts.has(credential.id)) this.finish();
    }
    await watch.refresh();
  }

  private readonly finish = (): void => {
    this.theirs = undefined;
    this.saving.forget();
    this.context.reveal.setDraft(this.credential.id, undefined);
    void this.focusOn('.edit');
  };

  private async focusOn(selector: string): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus();
  }
}

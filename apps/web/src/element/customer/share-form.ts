import { html, nothing, unsafeCSS } from 'lit';
import { newIdempotencyKey } from '../../api/client.js';
import { type ApiProblem } from '../../api/problem.js';
import { Action } from '../action.js';
import { CarefulDialog } from '../careful-dialog.js';
import { icons } from '../styles/icons.js';
import css from '../styles/share-form.css?inline';
import { outcomeNote } from '../notes.js';
import { type PrivateCredentialsDraft } from '../public-types.js';
import {
  type CredentialDraft,
  emptyDraft,
  type CredentialField,
  credentialFields,
  isEmpty,
  missingIn,
  toCredential,
  prefill,
} from './credential-draft.js';
import { shareFields } from './share-fields.js';

/**
 * The dialog in which a customer shares credentials. Only this object holds what was
 * typed, and only until the dialog is closed.
 */
export class ShareForm extends CarefulDialog {
  static override styles = [CarefulDialog.styles, unsafeCSS(css)];
  private draft: CredentialDraft = emptyDraft;
  private faults: Partial<Record<CredentialField, string>> = {};
  private shown = false;
  /** The idempotency key of this form: sending it again shares nothing twice. */
  private key = '';
  /** A new one for each form, so that a late answer does not affect the next form. */
  private sending: Action = new Action(this);

  /** Opens the form, or fills the empty fields of an open one from `given`. */
  open(given: PrivateCredentialsDraft): void {
    this.draft = prefill(this.draft, given);
    if (this.isOpen) {
      this.requestUpdate();
    } else {
      this.key = newIdempotencyKey();
      this.showModal();
    }
  }

  protected override get isDirty(): boolean {
    return !isEmpty(this.draft);
  }

  protected override clear(): void {
    [this.draft, this.faults, this.shown] = [emptyDraft, {}, false];
    this.sending = new Action(this);
  }

  protected override render() {
    const { texts } = this.context;
    const body = html`
      <div class="note accent small">
        ${icons.shield}
        <div>
          <p>${texts.share.promise}</p>
          <p>${texts.share.advice}</p>
        </div>
      </div>
      ${shareFields({
        texts: texts.share,
        draft: this.draft,
        faults: this.faults,
        shown: this.shown,
        onInput: this.onInput,
        onToggle: this.onToggle,
      })}
    `;
    return this.renderDialog(texts.share.button, body, this.buttons(), this.sending.busy);
  }

  protected override async submit(): Promise<void> {
    const { texts, api } = this.context;
    const missing = missingIn(this.draft);
    if (missing.length > 0)
      return this.showFaults(
        Object.fromEntries(
          missing.map((field) => [field, texts.share.required(texts.share[field])]),
        ),
      );
    const [credential, key, sending] = [toCredential(this.draft), this.key, this.sending];
    const shared = await sending.run(async () => {
      const { id } = await api.submit(credential, key);
      this.context.emit('pc-submitted', { credentialId: id });
    });
    const isCurrent = sending === this.sending;
    if (shared) this.onShared(isCurrent);
    else if (isCurrent && sending.problem !== undefined) await this.onProblem(sending.problem);
  }

  private buttons() {
    const { texts } = this.context;
    const { busy } = this.sending;
    return html`${this.outcome()}
      <div class="row end">
        <button type="button" @click=${this.askToClose}>${texts.cancel}</button>
        <button class="primary" aria-disabled=${String(busy)}>
          ${icons.lock}${busy ? texts.share.submitting : texts.share.submit}
        </button>
      </div>`;
  }

  /** Faults are shown beside their fields; any other problem is shown here. */
  private outcome() {
    const { texts } = this.context;
    if (this.sending.problem?.code === 'idempotency-conflict')
      return html`<p class="note warning" role="alert">${texts.share.conflict}</p>`;
    return Object.keys(this.faults).length > 0 ? nothing : outcomeNote(this.context, this.sending);
  }

  private readonly onInput = (field: CredentialField, value: string): void => {
    this.draft = { ...this.draft, [field]: value };
    this.faults = Object.fromEntries(
      Object.entries(this.faults).filter(([name]) => name !== field),
    );
    this.requestUpdate();
  };

  private readonly onToggle = (): void => {
    this.shown = !this.shown;
    this.requestUpdate();
  };

  private onShared(isCurrent: boolean): void {
    if (isCurrent) this.close();
    this.context.announce(this.context.texts.share.done);
    void this.context.watch.refresh();
  }

  private async onProblem(problem: ApiProblem): Promise<void> {
    if (problem.code === 'idempotency-conflict') {
      // An earlier attempt was stored although its answer was lost. The changed form is
      // a new credential and needs a new key.
      this.key = newIdempotencyKey();
      void this.context.watch.refresh();
    }
    const { share } = this.context.texts;
    const faulty = credentialFields.flatMap((field) => {
      const error = problem.faultOf(field);
      const name = field === 'expiresIn' ? share.expiryName : share[field];
      return error === undefined
        ? []
        : [[field, share.fault(name, error.detail, error.code)] as const];
    });
    await this.showFaults(Object.fromEntries(faulty));
  }

  private async showFaults(faults: Partial<Record<CredentialField, string>>): Promise<void> {
    this.faults = faults;
    this.requestUpdate();
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('[aria-invalid=true], .primary')?.focus();
  }
}

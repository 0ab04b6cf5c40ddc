import { html, type TemplateResult, unsafeCSS } from 'lit';
import css from './styles/dialog.css?inline';
import { icons } from './styles/icons.js';
import { baseStyles, ElementPart } from './element-part.js';

/**
 * A modal form that cannot be closed by accident: if something was typed, closing asks
 * for confirmation.
 */
export abstract class CarefulDialog extends ElementPart {
  static override styles = [baseStyles, unsafeCSS(css)];
  private isAskingToDiscard = false;

  protected abstract get isDirty(): boolean;
  /** Called after the dialog was closed: forgets everything that was typed. */
  protected abstract clear(): void;
  protected abstract submit(): Promise<void>;

  protected get isOpen(): boolean {
    return this.dialog?.open ?? false;
  }

  protected showModal(): void {
    this.requestUpdate();
    void this.updateComplete.then(() => this.dialog?.showModal());
  }

  protected close(): void {
    this.dialog?.close();
  }

  /**
   * @param buttons the footer, replaced by the question whether to discard
   * @param busy the form is being sent, so its fields are inert
   */
  protected renderDialog(
    title: string,
    body: TemplateResult,
    buttons: TemplateResult,
    busy: boolean,
  ): TemplateResult {
    return html`
      <dialog
        aria-labelledby="title"
        @keydown=${this.onKey}
        @cancel=${this.onCancel}
        @close=${this.onClose}
      >
        <form novalidate autocomplete="off" @submit=${this.onSubmit}>
          <header class="row spread">
            <h2 id="title">${title}</h2>
            <button
              type="button"
              class="quiet icon-only"
              aria-label=${this.context.texts.close}
              @click=${this.askToClose}
            >
              ${icons.close}
            </button>
          </header>
          <div class="body stack" ?inert=${busy}>${body}</div>
          <footer class="stack">
            ${this.isAskingToDiscard ? this.discardQuestion() : buttons}
          </footer>
        </form>
      </dialog>
    `;
  }

  protected readonly askToClose = (): void => {
    if (this.isDirty) void this.setAsking(true);
    else this.close();
  };

  private discardQuestion(): TemplateResult {
    const { share } = this.context.texts;
    return html`<div class="row end">
      <span class="grow" role="alert">${share.discard}</span>
      <button type="button" class="keep" @click=${() => void this.setAsking(false)}>
        ${share.discardNo}
      </button>
      <button
        type="button"
        class="danger"
        @click=${() => {
          this.close();
        }}
      >
        ${share.discardYes}
      </button>
    </div>`;
  }

  private async setAsking(whether: boolean): Promise<void> {
    this.isAskingToDiscard = whether;
    this.requestUpdate();
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(whether ? '.keep' : 'input')?.focus();
  }

  /**
   * Browsers let a page prevent `cancel` only once per user interaction, so a second
   * Escape would close the dialog. `keydown` can always be prevented.
   */
  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    this.askToClose();
  };

  private readonly onCancel = (event: Event): void => {
    if (!this.isDirty) return;
    event.preventDefault();
    void this.setAsking(true);
  };

  private readonly onClose = (): void => {
    this.isAskingToDiscard = false;
    this.clear();
    this.requestUpdate();
  };

  private readonly onSubmit = (event: Event): void => {
    event.preventDefault();
    void this.submit();
  };

  private get dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog');
  }
}

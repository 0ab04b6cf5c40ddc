import { html, type TemplateResult, unsafeCSS } from 'lit';
import dialogLook from './look/dialog.css?inline';
import { icons } from './look/icons.js';
import { baseStyles, Part } from './part.js';

/**
 * A modal dialog with a form that is not closed by accident: what was typed
 * is discarded by a word only.
 */
export abstract class CarefulDialog extends Part {
  static override styles = [baseStyles, unsafeCSS(dialogLook)];
  private asksToDiscard = false;

  protected abstract get isDirty(): boolean;
  /** It is closed: forgets what was typed. */
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
   * @param buttons the footer, while nothing is asked
   * @param busy what was typed is on its way, and cannot be changed
   */
  protected shell(
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
          <footer class="stack">${this.asksToDiscard ? this.question() : buttons}</footer>
        </form>
      </dialog>
    `;
  }

  protected readonly askToClose = (): void => {
    if (this.isDirty) void this.ask(true);
    else this.close();
  };

  private question(): TemplateResult {
    const { share } = this.context.texts;
    return html`<div class="row end">
      <span class="grow" role="alert">${share.discard}</span>
      <button type="button" class="keep" @click=${() => void this.ask(false)}>
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

  private async ask(whether: boolean): Promise<void> {
    this.asksToDiscard = whether;
    this.requestUpdate();
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(whether ? '.keep' : 'input')?.focus();
  }

  /**
   * Browsers let `cancel` be prevented once for each sign of life of the
   * person; this is always heard.
   */
  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    this.askToClose();
  };

  private readonly onCancel = (event: Event): void => {
    if (!this.isDirty) return;
    event.preventDefault();
    void this.ask(true);
  };

  private readonly onClose = (): void => {
    this.asksToDiscard = false;
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

import { html, nothing, type TemplateResult, unsafeCSS } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { type RevealedCredential } from '../../api/client.js';
import { Action } from '../action.js';
import { icons } from '../styles/icons.js';
import { type ElementTexts } from '../../texts/element-texts.js';
import css from '../styles/agent-view.css?inline';
import { outcomeNote } from '../notes.js';
import { baseStyles, ElementPart } from '../element-part.js';
import { type Observable } from '../session/observable.js';
import { revealAll } from './reveal-all.js';
import { revealBar } from './reveal-bar.js';

/** Reveals all credentials with one click, and shows them until their time is over. */
export class RevealPanel extends ElementPart {
  static override styles = [baseStyles, unsafeCSS(css)];
  private reason = '';
  private ticking: ReturnType<typeof setInterval> | undefined;
  private readonly revealing: Action = new Action(this);

  override connectedCallback(): void {
    super.connectedCallback();
    this.ticking = setInterval(() => {
      const { reveal } = this.context;
      // Timers do not run while the computer sleeps, so the clock decides.
      if (reveal.items !== undefined && reveal.remaining === 0) reveal.wipe('time');
      else if (reveal.items !== undefined) this.requestUpdate();
    }, 1000);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.ticking);
  }

  protected override sources(): readonly Observable[] {
    return [this.context.watch, this.context.reveal, this.context.windowFocus];
  }

  protected override render() {
    const { items } = this.context.reveal;
    return items === undefined || items.length === 0 ? this.closed() : this.open(items);
  }

  private closed() {
    const { texts, watch } = this.context;
    const count = watch.credentials.length;
    if (count === 0) return nothing;
    return html`<form class="card hero" @submit=${this.onReveal}>
      <span class="emblem">${icons.lock}</span>
      <h2>${texts.agent.waiting(count)}</h2>
      <p class="soft">${texts.agent.revealNote}</p>
      ${
        this.needsReason
          ? reasonField(texts.agent, (reason) => {
              this.reason = reason;
            })
          : nothing
      }
      <button class="primary" aria-disabled=${String(this.revealing.busy)}>
        ${icons.eye}${this.revealing.busy ? texts.agent.revealing : texts.agent.reveal}
      </button>
      ${this.needsReason ? nothing : this.outcome()}
    </form>`;
  }

  private open(items: readonly RevealedCredential[]) {
    const { texts, watch } = this.context;
    const shown = new Set(items.map(({ id }) => id));
    const newcomers = watch.credentials.filter(({ id }) => !shown.has(id)).length;
    return html`<div class="stack">
      ${revealBar(this.context)}
      ${
        newcomers === 0
          ? nothing
          : html`<div class="note accent row spread" role="status">
              <span>${texts.agent.newcomers(newcomers)}</span>
              <button aria-disabled=${String(this.revealing.busy)} @click=${this.onReveal}>
                ${texts.agent.reveal}
              </button>
            </div>`
      }
      ${this.outcome()}
      ${items.map((item) =>
        keyed(
          item.id,
          html`<pc-credential-card
            .context=${this.context}
            .credential=${item}
          ></pc-credential-card>`,
        ),
      )}
    </div>`;
  }

  private get needsReason(): boolean {
    return this.context.reveal.problem?.faultOf('reason') !== undefined;
  }

  /** The problem of the last reveal, which the take panel may have started. */
  private outcome() {
    const { slow, busy } = this.revealing;
    return outcomeNote(this.context, {
      slow,
      problem: busy ? undefined : this.context.reveal.problem,
    });
  }

  private readonly onReveal = (event: Event): void => {
    event.preventDefault();
    void this.reveal();
  };

  private async reveal(): Promise<void> {
    const reason = this.reason === '' ? this.context.reveal.reason : this.reason;
    await this.revealing.run(() => revealAll(this.context, reason));
    const { problem } = this.revealing;
    if (problem?.code === 'ticket-ended' || problem?.code === 'forbidden')
      await this.context.watch.refresh();
    if (!this.needsReason) return;
    await this.updateComplete;
    this.renderRoot.querySelector('input')?.focus();
  }
}

/** Asked where the helpdesk demands a reason; it stands in the access log. */
const reasonField = (
  texts: ElementTexts['agent'],
  onInput: (reason: string) => void,
): TemplateResult =>
  html`<div class="stack tight reason">
    <label for="reason">${texts.reason}</label>
    <input
      id="reason"
      maxlength="500"
      autocomplete="off"
      aria-describedby="reason-note"
      @input=${(event: Event) => {
        onInput((event.target as HTMLInputElement).value);
      }}
    />
    <p class="soft small" id="reason-note">${texts.reasonNeeded}</p>
  </div>`;

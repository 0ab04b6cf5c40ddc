import { html, nothing, unsafeCSS } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { evidence } from '../evidence/evidence.js';
import { icons } from '../styles/icons.js';
import css from '../styles/customer-view.css?inline';
import { connectionNote, doubtNote, endedNote } from '../notes.js';
import { baseStyles, define, ElementPart } from '../element-part.js';
import { type PrivateCredentialsDraft } from '../public-types.js';
import { personOf } from '../session/context.js';
import { isFormer } from '../session/snapshot.js';
import { ShareForm } from './share-form.js';
import { SharedCard } from './shared-card.js';

/** The customer's view: a button to share, an agent's request, and what is shared. */
export class CustomerView extends ElementPart {
  static override styles = [baseStyles, unsafeCSS(css)];

  openForm(draft: PrivateCredentialsDraft): void {
    this.renderRoot.querySelector<ShareForm>('pc-share-form')?.open(draft);
  }

  protected override render() {
    const { watch } = this.context;
    return html`
      <div class="stack">
        ${connectionNote(this.context, () => void watch.refresh())}
        ${watch.ended ? endedNote(this.context) : this.live()} ${evidence(this.context)}
      </div>
      <pc-share-form .context=${this.context}></pc-share-form>
    `;
  }

  private live() {
    const { texts, watch } = this.context;
    if (watch.ticket?.doubted) return doubtNote(this.context);
    if (isFormer(watch))
      return html`<p class="note" role="status">${texts.shared.former}</p>
        ${this.cards()}`;
    return html`
      ${this.banner()}
      <div class="row">
        <button class="plus" @click=${this.onOpen}>${icons.plus}${texts.share.button}</button>
        <span class="soft small promise">${texts.share.promise}</span>
      </div>
      ${this.cards()}
    `;
  }

  private cards() {
    const { credentials, problem } = this.context.watch;
    // The ticket is no longer visible to this person, so neither is anything under it.
    const shown = problem?.code === 'not-found' ? [] : credentials;
    return shown.map((credential) =>
      keyed(
        credential.id,
        html`<pc-shared-card .context=${this.context} .credential=${credential}></pc-shared-card>`,
      ),
    );
  }

  private banner() {
    const { texts, watch } = this.context;
    const request = watch.openRequest;
    if (request === undefined) return nothing;
    const name = personOf(texts, request.requestedBy, request.requestedByName);
    return html`<div class="note accent row spread banner" role="status">
      ${icons.bell}
      <div class="grow">
        <p class="label">${texts.shared.requested(name)}</p>
        ${request.message ? html`<p class="message">${request.message}</p>` : nothing}
      </div>
      <button class="primary" @click=${this.onOpen}>${texts.shared.answer}</button>
    </div>`;
  }

  private readonly onOpen = (): void => {
    this.openForm({});
  };
}

define('pc-share-form', ShareForm);
define('pc-shared-card', SharedCard);

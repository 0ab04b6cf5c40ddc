import { html, nothing, unsafeCSS } from 'lit';
import { type CredentialSummary } from '../../api/client.js';
import { Action } from '../action.js';
import { icons } from '../styles/icons.js';
import css from '../styles/shared-card.css?inline';
import { outcomeNote, timeOf } from '../notes.js';
import { baseStyles, ElementPart } from '../element-part.js';
import { personOf } from '../session/context.js';
import { confirmation } from '../confirmation.js';

/** One shared credential as its owner sees it, without its content. */
export class SharedCard extends ElementPart {
  static override styles = [baseStyles, unsafeCSS(css)];
  static override properties = { ...ElementPart.properties, credential: { attribute: false } };
  declare credential: CredentialSummary;
  private isAsking = false;
  /** Shared by a former requester of this ticket: only they can withdraw it. */
  private isOthers = false;
  private readonly withdrawing: Action = new Action(this);

  override connectedCallback(): void {
    super.connectedCallback();
    void this.context.me().then((me) => {
      this.isOthers = me !== undefined && me !== this.credential.submittedBy;
      this.requestUpdate();
    });
  }

  protected override render() {
    const { texts } = this.context;
    const { number } = this.credential;
    return html`
      <article class="card stack" aria-labelledby="title">
        <div class="row top">
          <span class="badge">${icons.lock}</span>
          <div class="grow stack facts">
            <h2 id="title">${texts.shared.title(number)}</h2>
            <p>${this.contents()}</p>
            <p class="soft small">${this.times()}</p>
            <p class="small seen">${icons.eye}<span>${this.views()}</span></p>
          </div>
          ${
            this.isAsking || this.isOthers
              ? nothing
              : html`<button class="small-button" @click=${this.onAsk}>
                  ${texts.shared.withdraw}
                </button>`
          }
        </div>
        ${this.isOthers ? html`<p class="small soft">${this.sharedByOther()}</p>` : nothing}
        ${this.isAsking ? this.askWithdraw() : nothing}
        ${outcomeNote(this.context, this.withdrawing)}
      </article>
    `;
  }

  private sharedByOther(): string {
    const { submittedBy, submittedByName } = this.credential;
    return this.context.texts.shared.others(
      personOf(this.context.texts, submittedBy, submittedByName),
    );
  }

  private contents(): string {
    const { texts, format } = this.context;
    const { hasLink, hasAdditionalInformation } = this.credential;
    const { share } = texts;
    const more = [
      hasLink ? share.link : '',
      hasAdditionalInformation ? share.additionalInformation : '',
    ];
    return format.list([share.username, share.password, ...more].filter((name) => name !== ''));
  }

  private times() {
    const { texts, format } = this.context;
    const { submittedAt, expiresAt } = this.credential;
    return html`${texts.shared.since(format.near(submittedAt))} ·
    ${texts.shared.until(format.near(expiresAt))}`;
  }

  private views() {
    const { shared } = this.context.texts;
    const { reveals, lastRevealedAt, lastRevealedBy, lastRevealedByName } = this.credential;
    if (reveals === 0 || lastRevealedAt === null) return shared.unseen;
    const name = personOf(this.context.texts, lastRevealedBy, lastRevealedByName);
    return html`${shared.seen(reveals)}, ${shared.last(name)}
    ${timeOf(this.context, lastRevealedAt)}`;
  }

  private askWithdraw() {
    const { texts } = this.context;
    return confirmation({
      text: texts.shared.withdrawAsk,
      yes: texts.shared.withdrawYes,
      no: texts.cancel,
      busy: this.withdrawing.busy,
      onYes: () => void this.withdraw(),
      onNo: () => void this.setAsking(false),
    });
  }

  private readonly onAsk = (): void => {
    void this.setAsking(true);
  };

  private async setAsking(whether: boolean): Promise<void> {
    this.isAsking = whether;
    this.requestUpdate();
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('button')?.focus();
  }

  private async withdraw(): Promise<void> {
    const { api, watch, texts, announce } = this.context;
    if (!(await this.withdrawing.run(() => api.destroy(this.credential.id)))) return;
    announce(texts.shared.withdrawn);
    const view = this.getRootNode() as ShadowRoot;
    await watch.refresh();
    // The focused button no longer exists.
    view.querySelector<HTMLElement>('.plus')?.focus();
  }
}

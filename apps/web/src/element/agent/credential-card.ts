import { html, nothing, type TemplateResult, unsafeCSS } from 'lit';
import { newIdempotencyKey, type RevealedCredential } from '../../api/client.js';
import { Action } from '../action.js';
import { icons } from '../styles/icons.js';
import css from '../styles/credential-card.css?inline';
import { outcomeNote, timeOf } from '../notes.js';
import { baseStyles, ElementPart } from '../element-part.js';
import { confirmation } from '../confirmation.js';
import { personOf } from '../session/context.js';
import { type Observable } from '../session/observable.js';
import { hostBehind, safeLink } from '../session/safe-link.js';
import { secretRow } from './secret-row.js';

/**
 * One revealed credential, to read, copy or replace. While it is masked, the DOM does
 * not contain its plaintext.
 */
export class CredentialCard extends ElementPart {
  static override styles = [baseStyles, unsafeCSS(css)];
  static override properties = { ...ElementPart.properties, credential: { attribute: false } };
  declare credential: RevealedCredential;
  private isAsking = false;
  private key = '';
  private readonly replacing: Action = new Action(this);

  protected override sources(): readonly Observable[] {
    return [this.context.watch, this.context.reveal, this.context.windowFocus];
  }

  protected override render() {
    const { texts } = this.context;
    const { number, username, password } = this.credential;
    return html`<article class="card stack" aria-labelledby="title">
      <div class="row spread">
        <h2 id="title">${texts.shared.title(number)}</h2>
        <span class="soft small">${this.origin()}</span>
      </div>
      <dl>
        ${secretRow(this.context, texts.share.username, username)}
        ${secretRow(this.context, texts.share.password, password)} ${this.link()}
      </dl>
      <div class="row spread fixed">
        <span class="soft small row">${icons.lock}${texts.agent.fixed}</span>
        ${
          this.isAsking
            ? nothing
            : html`<button class="quiet" @click=${this.onAsk}>${texts.agent.replace}</button>`
        }
      </div>
      ${this.isAsking ? this.askReplace() : nothing} ${outcomeNote(this.context, this.replacing)}
      <pc-note-editor .context=${this.context} .credential=${this.credential}></pc-note-editor>
    </article>`;
  }

  private origin() {
    const { texts, watch, format } = this.context;
    const { id, submittedAt, expiresAt } = this.credential;
    const summary = watch.credentials.find((credential) => credential.id === id);
    const name = summary && personOf(texts, summary.submittedBy, summary.submittedByName);
    const by = name === undefined ? nothing : html`${name} · `;
    return html`${by}${timeOf(this.context, submittedAt)} ·
    ${texts.shared.until(format.near(expiresAt))}`;
  }

  private link(): TemplateResult | typeof nothing {
    const { share, agent } = this.context.texts;
    const { link } = this.credential;
    if (link === null) return nothing;
    const href = safeLink(link);
    if (href === undefined) return secretRow(this.context, share.link, link);
    const host = hostBehind(link);
    const warning =
      host === undefined
        ? nothing
        : html`<div class="note warning small">${agent.leadsTo(host)}</div>`;
    const shown = html`<a href=${href} target="_blank" rel="noopener noreferrer"
        ><bdi>${link}</bdi>${icons.external}<span class="aloud">${agent.openLink}</span></a
      >${warning}`;
    return secretRow(this.context, share.link, link, shown);
  }

  private askReplace() {
    const { texts } = this.context;
    return confirmation({
      text: texts.agent.replaceAsk,
      yes: texts.agent.replaceYes,
      no: texts.cancel,
      busy: this.replacing.busy,
      onYes: () => void this.replace(),
      onNo: () => void this.setAsking(false),
    });
  }

  private readonly onAsk = (): void => {
    this.key = newIdempotencyKey();
    void this.setAsking(true);
  };

  private async setAsking(whether: boolean): Promise<void> {
    this.isAsking = whether;
    this.requestUpdate();
    await this.updateComplete;
    this.renderRoot
      .querySelector<HTMLElement>(whether ? '.question + .row button' : '.fixed button')
      ?.focus();
  }

  private async replace(): Promise<void> {
    const { api, watch, texts, announce } = this.context;
    const replaced = await this.replacing.run(async () => {
      // Request first: if the second call fails, the customer is asked for something
      // they have already shared, but nothing is lost.
      await api.requestCredentials(null, this.key);
      await api.destroy(this.credential.id);
    });
    if (!replaced) return;
    announce(texts.agent.replaced);
    const panel = this.getRootNode() as ShadowRoot;
    await watch.refresh();
    // The focused button no longer exists.
    panel.querySelector('button')?.focus();
  }
}

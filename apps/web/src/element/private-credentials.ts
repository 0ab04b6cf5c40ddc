import { html, LitElement, nothing, type PropertyValues, unsafeCSS } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { tokenFrom } from '../api/token.js';
import { textsWith } from '../texts/element-texts.js';
import tokens from '../theme/tokens.css?inline';
import { AgentView } from './agent/agent-view.js';
import { CustomerView } from './customer/customer-view.js';
import css from './styles/private-credentials.css?inline';
import { baseStyles, define } from './element-part.js';
import {
  type PrivateCredentialsDraft,
  type PrivateCredentialsElement,
  type PrivateCredentialsEvents,
} from './public-types.js';
import { type Context } from './session/context.js';
import { Format, varietyOf } from '../texts/format.js';
import { openContext } from './session/open-context.js';

export type * from './public-types.js';

/** How long an announcement is shown, in ms. */
const announcedMs = 6_000;

/** The element that a helpdesk embeds; docs/embedding.md is its guide. */
export class PrivateCredentials extends LitElement implements PrivateCredentialsElement {
  static override styles = [unsafeCSS(tokens), baseStyles, unsafeCSS(css)];
  static override properties = {
    ticket: {},
    api: {},
    as: {},
    token: { attribute: false },
    texts: { attribute: false },
    revealSeconds: { type: Number, attribute: 'reveal-seconds' },
    clipboardSeconds: { type: Number, attribute: 'clipboard-seconds' },
    announcement: { state: true },
  };
  declare ticket: string;
  declare api: string;
  declare as: 'customer' | 'agent';
  declare token: PrivateCredentialsElement['token'];
  declare texts: object | undefined;
  declare revealSeconds: number;
  declare clipboardSeconds: number;
  declare announcement: string;
  private silencing: ReturnType<typeof setTimeout> | undefined;
  private context: (Context & { close(): void }) | undefined;

  constructor() {
    super();
    this.ticket = '';
    this.api = '';
    this.as = 'customer';
    this.revealSeconds = 300;
    this.clipboardSeconds = 45;
    this.announcement = '';
  }

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, 'lang'];
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    super.attributeChangedCallback(name, old, value);
    if (name === 'lang') this.requestUpdate('lang', old);
  }

  openForm(draft: PrivateCredentialsDraft = {}): void {
    const open = () =>
      this.renderRoot.querySelector<CustomerView>('pc-customer-view')?.openForm(draft);
    void this.updateComplete.then(open);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('online', this.wake);
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('online', this.wake);
    this.close();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (this.token === undefined || ['ticket', 'api', 'as'].some((name) => changed.has(name)))
      this.close();
    if (!this.isConnected || this.ticket === '' || this.token === undefined) return;
    if (this.context === undefined) {
      this.open();
      return;
    }
    if (changed.has('token')) this.wake();
    if (['lang', 'texts', 'revealSeconds', 'clipboardSeconds'].some((name) => changed.has(name)))
      this.context = { ...this.context, ...this.hostServices() };
  }

  protected override render() {
    if (this.context === undefined) return nothing;
    const view =
      this.as === 'agent'
        ? html`<pc-agent-view .context=${this.context}></pc-agent-view>`
        : html`<pc-customer-view .context=${this.context}></pc-customer-view>`;
    // A new view for each ticket: text typed for one never reaches another.
    return html`${keyed(`${this.api} ${this.ticket}`, view)}
      <div class="toast" role="status">${this.announcement}</div>`;
  }

  private open(): void {
    const { ticket: ticketId, api: baseUrl } = this;
    this.context = openContext(
      { ticketId, baseUrl, token: (need) => tokenFrom(this.token ?? '', need) },
      this.hostServices(),
    );
    this.context.watch.start();
  }

  private close(): void {
    this.context?.close();
    this.context = undefined;
  }

  private readonly wake = (): void => {
    this.context?.watch.wake();
  };

  private hostServices() {
    const language = this.lang || this.closest<HTMLElement>('[lang]')?.lang || navigator.language;
    return {
      texts: textsWith(this.texts),
      format: new Format(varietyOf(language)),
      seconds: { reveal: this.revealSeconds, clipboard: this.clipboardSeconds },
      announce: (text: string) => {
        clearTimeout(this.silencing);
        this.announcement = text;
        this.silencing = setTimeout(() => {
          this.announcement = '';
        }, announcedMs);
      },
      emit: <Name extends keyof PrivateCredentialsEvents>(
        name: Name,
        detail: PrivateCredentialsEvents[Name],
      ) => {
        this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
      },
    };
  }
}

define('pc-agent-view', AgentView);
define('pc-customer-view', CustomerView);
define('private-credentials', PrivateCredentials);

import { html, nothing, type TemplateResult } from 'lit';
import { DeskElement, prop } from '../desk-element.js';
import { avatar } from '../parts/people.js';
import { icons } from '../parts/icons.js';
import { type Session, type SessionState } from '../session/session.js';
import { type DevPerson } from '../session/sign-in-config.js';
import { texts } from '../texts.js';

/** The first view: what this is, and how to sign in. */
export class SignInView extends DeskElement {
  static override properties = { session: prop, state: prop, failed: { state: true } };
  declare session: Session;
  declare state: SessionState;
  declare failed: boolean;

  protected override render() {
    if (this.state === 'starting' || this.state === 'leaving')
      return html`<p class="waiting" role="status">
        ${this.state === 'leaving' ? texts.signIn.going : texts.loading}
      </p>`;
    return html`
      <section class="card sign-in stack">
        ${icons.brand}
        <div class="stack tight">
          <h1>${texts.signIn.title}</h1>
          <p class="soft">${texts.signIn.lead}</p>
        </div>
        ${this.signInChoice()}
      </section>
    `;
  }

  private signInChoice(): TemplateResult {
    const { config } = this.session;
    const trouble =
      this.state === 'failed' || this.failed
        ? html`<p class="notice danger-note" role="alert">${this.errorText()}</p>`
        : nothing;
    if (this.state === 'failed')
      return html`${trouble}<button class="primary" @click=${this.startAgain}>${texts.retry}</button
        >${this.signOutButton()}`;
    if (config?.mode === 'dev') return html`${trouble}${this.people(config.people)}`;
    if (config?.mode === 'oidc')
      return html`<button class="primary" @click=${this.redirectToIssuer}>
        ${texts.signIn.oidc}
      </button>`;
    return html`<p class="notice warning">${texts.signIn.none}</p>`;
  }

  private errorText(): string {
    const { error } = this.session;
    const { failed, troubles, refused, refusedByIssuer } = texts.signIn;
    if (error === undefined) return failed;
    if (error.reason === 'issuer-refused') return refusedByIssuer(error.code);
    return troubles[error.reason] ?? refused(error.reason);
  }

  /** A person without access here can sign out, to sign in with another account. */
  private signOutButton() {
    if (this.session.error === undefined) return nothing;
    const signOut = (): void => void this.session.signOut();
    return html`<button class="quiet" @click=${signOut}>${texts.signIn.out}</button>`;
  }

  private people(people: readonly DevPerson[]) {
    return html`
      <p class="small soft" id="who">${texts.signIn.dev}</p>
      <ul class="people" aria-labelledby="who">
        ${people.map(
          (person) =>
            html`<li>
              <button class="wide" @click=${() => this.signInAs(person)}>
                ${avatar(person.name)} ${person.name}
                <span class="role"
                  >${person.roles.map((role) => texts.roles[role]).join(', ')}</span
                >
              </button>
            </li>`,
        )}
      </ul>
    `;
  }

  private async signInAs(person: DevPerson): Promise<void> {
    this.failed = false;
    await this.session.signInAs(person).catch(() => (this.failed = true));
  }

  private readonly redirectToIssuer = (): void => {
    void this.session.redirectToIssuer();
  };

  private readonly startAgain = (): void => {
    void this.session.start();
  };
}

customElements.define('sign-in-view', SignInView);

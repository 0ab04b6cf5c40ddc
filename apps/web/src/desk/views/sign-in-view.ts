import { html, nothing, type TemplateResult } from 'lit';
import { DeskElement, given } from '../desk-element.js';
import { avatar } from '../parts/people.js';
import { icons } from '../parts/icons.js';
import { type Session, type SessionState } from '../session/session.js';
import { type DevPerson } from '../session/sign-in-facts.js';
import { texts } from '../texts.js';

/** Where everybody begins: what this is, and the way in. */
export class SignInView extends DeskElement {
  static override properties = { session: given, state: given, failed: { state: true } };
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
        ${this.way()}
      </section>
    `;
  }

  private way(): TemplateResult {
    const { facts } = this.session;
    const trouble =
      this.state === 'failed' || this.failed
        ? html`<p class="notice danger-note" role="alert">${this.troubleText()}</p>`
        : nothing;
    if (this.state === 'failed')
      return html`${trouble}<button class="primary" @click=${this.startAgain}>${texts.retry}</button
        >${this.wayOut()}`;
    if (facts?.mode === 'dev') return html`${trouble}${this.people(facts.people)}`;
    if (facts?.mode === 'oidc')
      return html`<button class="primary" @click=${this.leave}>${texts.signIn.oidc}</button>`;
    return html`<p class="notice warning">${texts.signIn.none}</p>`;
  }

  private troubleText(): string {
    const { trouble } = this.session;
    const { failed, troubles, refused, refusedByIssuer } = texts.signIn;
    if (trouble === undefined) return failed;
    if (trouble.reason === 'issuer-refused') return refusedByIssuer(trouble.code);
    return troubles[trouble.reason] ?? refused(trouble.reason);
  }

  /** Who is of no use here signs in as somebody else. */
  private wayOut() {
    if (this.session.trouble === undefined) return nothing;
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
              <button class="wide" @click=${() => this.enter(person)}>
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

  private async enter(person: DevPerson): Promise<void> {
    this.failed = false;
    await this.session.signInAs(person).catch(() => (this.failed = true));
  }

  private readonly leave = (): void => {
    void this.session.leaveForIssuer();
  };

  private readonly startAgain = (): void => {
    void this.session.start();
  };
}

customElements.define('sign-in-view', SignInView);

import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { DeskApi } from './desk-api.js';
import { DeskElement } from './desk-element.js';
import { Drafts } from './drafts.js';
import { avatar } from './parts/people.js';
import { icons } from './parts/icons.js';
import { homePath, onNavigation, routeOf, type Route } from './routing.js';
import { type SignedInPerson } from './session/person.js';
import { Session } from './session/session.js';
import { texts } from './texts.js';
import './views/new-ticket.js';
import './views/session-ended.js';
import './views/sign-in-view.js';
import './views/ticket-list.js';
import './views/ticket-view.js';

/** The whole page: the session, the route, and the view of that route. */
export class HelpDesk extends DeskElement {
  private readonly session = new Session();
  private readonly api = new DeskApi(this.session.token);
  private route: Route = routeOf(new URL(location.href));
  private stopRouting: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.stopRouting = onNavigation(this.onRoute);
    this.session.addEventListener('change', this.onSessionChange);
    void this.session.start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopRouting?.();
    this.session.removeEventListener('change', this.onSessionChange);
  }

  protected override render() {
    const { person, state } = this.session;
    return html`
      <a class="skip" href="#content">${texts.skip}</a>
      <header class="top">
        <div>
          <a class="brand" href=${homePath}>${icons.brand} ${texts.product}</a>
          ${person === undefined ? nothing : this.signedInAs(person)}
        </div>
      </header>
      <main id="content" tabindex="-1">
        ${
          person === undefined
            ? html`<sign-in-view .session=${this.session} .state=${state}></sign-in-view>`
            : this.view(person)
        }
      </main>
      ${
        person !== undefined && (state === 'ended' || state === 'leaving')
          ? html`<session-ended .session=${this.session}></session-ended>`
          : nothing
      }
    `;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const title = this.route.view === 'new' ? `${texts.create.title} · ` : '';
    if (this.route.view !== 'ticket') document.title = `${title}${texts.product}`;
  }

  private signedInAs({ name, roles }: SignedInPerson) {
    const names = roles.map((role) => texts.roles[role] ?? role).join(', ');
    return html`
      <div class="who">
        ${avatar(name)}
        <div class="words">${name}<br /><span class="soft small">${names}</span></div>
      </div>
      <button class="quiet" @click=${this.signOut}>${texts.signIn.out}</button>
    `;
  }

  private view(person: SignedInPerson): TemplateResult | typeof nothing {
    const { route, api } = this;
    const drafts = new Drafts(person.id);
    switch (route.view) {
      case 'list':
        return html`<ticket-list
          .api=${api}
          .person=${person}
          .filter=${route.filter}
        ></ticket-list>`;
      case 'new':
        return html`<new-ticket .api=${api} .person=${person} .drafts=${drafts}></new-ticket>`;
      case 'ticket':
        return html`<ticket-view
          .api=${api}
          .person=${person}
          .ticketId=${route.ticketId}
          .tab=${route.tab}
        ></ticket-view>`;
      default:
        return nothing;
    }
  }

  private readonly onSessionChange = (): void => {
    this.requestUpdate();
  };

  private readonly signOut = (): void => {
    void this.session.signOut();
  };

  private readonly onRoute = (): void => {
    const before = this.route.view;
    this.route = routeOf(new URL(location.href));
    this.requestUpdate();
    if (this.route.view === before) return;
    scrollTo(0, 0);
    // Screen readers continue at the beginning of the new view.
    void this.updateComplete.then(() =>
      this.querySelector<HTMLElement>('#content')?.focus({ preventScroll: true }),
    );
  };
}

customElements.define('help-desk', HelpDesk);

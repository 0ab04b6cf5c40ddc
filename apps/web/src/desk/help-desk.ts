import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { DeskApi } from './desk-api.js';
import { DeskElement } from './desk-element.js';
import { Drafts } from './drafts.js';
import { avatar } from './parts/people.js';
import { icons } from './parts/icons.js';
import { homePath, onMove, placeOf, type Place } from './routing.js';
import { type Person } from './session/person.js';
import { Session } from './session/session.js';
import { texts } from './texts.js';
import './views/new-ticket.js';
import './views/session-ended.js';
import './views/sign-in-view.js';
import './views/ticket-list.js';
import './views/ticket-view.js';

/** The page: who is signed in, where they are, and the view of that place. */
export class HelpDesk extends DeskElement {
  private readonly session = new Session();
  private readonly api = new DeskApi(this.session.token);
  private place: Place = placeOf(new URL(location.href));
  private stopFollowing: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.stopFollowing = onMove(this.move);
    this.session.addEventListener('change', this.showAgain);
    void this.session.start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopFollowing?.();
    this.session.removeEventListener('change', this.showAgain);
  }

  protected override render() {
    const { person, state } = this.session;
    return html`
      <a class="skip" href="#content">${texts.skip}</a>
      <header class="top">
        <div>
          <a class="brand" href=${homePath}>${icons.brand} ${texts.product}</a>
          ${person === undefined ? nothing : this.who(person)}
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
    const title = this.place.view === 'new' ? `${texts.create.title} · ` : '';
    if (this.place.view !== 'ticket') document.title = `${title}${texts.product}`;
  }

  private who({ name, roles }: Person) {
    const names = roles.map((role) => texts.roles[role] ?? role).join(', ');
    return html`
      <div class="who">
        ${avatar(name)}
        <div class="words">${name}<br /><span class="soft small">${names}</span></div>
      </div>
      <button class="quiet" @click=${this.signOut}>${texts.signIn.out}</button>
    `;
  }

  private view(person: Person): TemplateResult | typeof nothing {
    const { place, api } = this;
    const drafts = new Drafts(person.id);
    switch (place.view) {
      case 'list':
        return html`<ticket-list
          .api=${api}
          .person=${person}
          .filter=${place.filter}
        ></ticket-list>`;
      case 'new':
        return html`<new-ticket .api=${api} .person=${person} .drafts=${drafts}></new-ticket>`;
      case 'ticket':
        return html`<ticket-view
          .api=${api}
          .person=${person}
          .ticketId=${place.ticketId}
          .tab=${place.tab}
        ></ticket-view>`;
      default:
        return nothing;
    }
  }

  private readonly showAgain = (): void => {
    this.requestUpdate();
  };

  private readonly signOut = (): void => {
    void this.session.signOut();
  };

  private readonly move = (): void => {
    const before = this.place.view;
    this.place = placeOf(new URL(location.href));
    this.requestUpdate();
    if (this.place.view === before) return;
    scrollTo(0, 0);
    // A screen reader goes on where the new view begins.
    void this.updateComplete.then(() =>
      this.querySelector<HTMLElement>('#content')?.focus({ preventScroll: true }),
    );
  };
}

customElements.define('help-desk', HelpDesk);

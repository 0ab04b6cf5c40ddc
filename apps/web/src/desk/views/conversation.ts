import { html, nothing, type PropertyValues } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { type DeskApi, type Page, type Reply, type Ticket } from '../desk-api.js';
import { DeskElement, prop } from '../desk-element.js';
import { Loading } from '../loading.js';
import { problemNotice, waitingFor } from '../parts/notices.js';
import { requesterOf } from '../parts/people.js';
import { timeOf } from '../parts/time.js';
import { Refresh } from '../refresh.js';
import { type TicketRole, type SignedInPerson } from '../session/person.js';
import { texts } from '../texts.js';
import './reply-box.js';

/** How often new replies are fetched, in ms. */
const refreshEvery = 5_000;

interface Message {
  readonly authorId: string | null;
  readonly author: string;
  readonly at: string;
  readonly text: string;
}

/** The replies of a ticket, oldest first, and the reply box. */
export class Conversation extends DeskElement {
  static override properties = {
    api: prop,
    person: prop,
    ticket: prop,
    viewAs: prop,
  };
  declare api: DeskApi;
  declare person: SignedInPerson;
  declare ticket: Ticket;
  declare viewAs: TicketRole;
  /** By id, oldest first. */
  private replies = new Map<string, Reply>();
  /**
   * The cursor of the last page, which new replies join; undefined for the first page.
   */
  private lastCursor: string | undefined;
  private nextCursor: string | null = null;
  private readonly page = new Loading(this, () =>
    this.api.replies(this.ticket.id, this.lastCursor),
  );

  constructor() {
    super();
    new Refresh(this, refreshEvery, () => void this.refresh());
  }

  protected override willUpdate(changed: PropertyValues): void {
    const before = changed.get('ticket') as Ticket | undefined;
    if (!changed.has('ticket') || before?.id === this.ticket.id) return;
    this.replies = new Map();
    [this.lastCursor, this.nextCursor] = [undefined, null];
    this.page.forget();
    void this.refresh();
  }

  protected override render() {
    const { ticket, page } = this;
    const { createdAt: at, description, requesterId } = ticket;
    const first = {
      authorId: requesterId,
      author: requesterOf(ticket),
      at,
      text: description ?? texts.ticket.noDescription,
    };
    const isFirst =
      page.value === undefined && page.problem === undefined && this.lastCursor === undefined;
    const messages = [...this.replies.values()].map(toMessage);
    return html`
      <section class="stack" aria-label=${texts.ticket.conversation}>
        <ol class="messages">
          ${repeat(
            [first, ...messages],
            ({ at: time, authorId }) => `${time} ${authorId ?? ''}`,
            this.message,
          )}
        </ol>
        ${waitingFor(page)}
        ${
          page.problem === undefined
            ? nothing
            : problemNotice(page.problem, () => void this.refresh())
        }
        ${
          this.nextCursor === null
            ? nothing
            : html`<button @click=${this.showMore}>${texts.more}</button>`
        }
        <reply-box
          class=${isFirst ? 'to-come' : ''}
          .api=${this.api}
          .person=${this.person}
          .ticket=${ticket}
          .viewAs=${this.viewAs}
          @desk-replied=${this.onReplied}
        ></reply-box>
      </section>
    `;
  }

  private readonly message = ({ authorId, author, at, text }: Message) => html`
    <li class="message ${authorId === this.person.id ? 'own' : ''}">
      <p class="by"><strong>${author}</strong> · ${timeOf(at)}</p>
      <p class="said">${text}</p>
    </li>
  `;

  private async refresh(): Promise<void> {
    if ((await this.page.load()) && this.page.value !== undefined) this.take(this.page.value);
  }

  private take({ items, nextCursor }: Page<Reply>): void {
    for (const reply of items) this.replies.set(reply.id, reply);
    this.nextCursor = nextCursor;
    this.requestUpdate();
  }

  private readonly showMore = (): void => {
    this.lastCursor = this.nextCursor ?? this.lastCursor;
    this.page.forget();
    void this.refresh();
  };

  /** An own reply is shown at once, unless unloaded replies come before it. */
  private readonly onReplied = ({ detail }: CustomEvent<Reply>): void => {
    if (this.nextCursor === null) this.replies.set(detail.id, detail);
    void this.refresh();
  };
}

const toMessage = ({ authorId, authorName, createdAt, body }: Reply): Message => ({
  authorId,
  author: authorName ?? authorId,
  at: createdAt,
  text: body,
});

customElements.define('ticket-conversation', Conversation);

import { html, nothing, type PropertyValues } from 'lit';
import { live } from 'lit/directives/live.js';
import { type ApiProblem, toProblem } from '../../api/problem.js';
import { isEnded } from '../../api/ticket-status.js';
import { findSecrets } from '../../leak-warning/find-secrets.js';
import { type DeskApi, type Ticket } from '../desk-api.js';
import { DeskElement, prop } from '../desk-element.js';
import { type Draft, Drafts } from '../drafts.js';
import { takeForForm, toFormDraft } from '../leak/kept-for-form.js';
import { leakNotice } from '../leak/leak-notice.js';
import { redactSecrets, markShared } from '../leak/redact-secrets.js';
import { credentialsElement } from '../parts/credentials-element.js';
import { problemNotice } from '../parts/notices.js';
import { type TicketRole, type SignedInPerson } from '../session/person.js';
import { texts } from '../texts.js';

/** Maximum length of a reply, in characters. */
const limit = 10_000;

/** The reply box, for the customer with the private form. Unsent text is kept. */
export class ReplyBox extends DeskElement {
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
  private draft: Draft | undefined;
  private problem: ApiProblem | undefined;
  private sending = false;
  private asking = false;
  /** A secret was moved from the reply to the private form, and is not shared yet. */
  private moved = false;

  protected override willUpdate(changed: PropertyValues): void {
    const before = changed.get('ticket') as Ticket | undefined;
    if (!changed.has('ticket') || before?.id === this.ticket.id) return;
    this.draft = this.drafts.read(this.draftName);
    [this.problem, this.asking, this.moved] = [undefined, false, false];
    void this.openForm(takeForForm(this.ticket.id));
  }

  protected override render() {
    const isLeaking = findSecrets(this.text).length > 0;
    const privateForm = html`<h2 class="aloud">${texts.ticket.credentials}</h2>
      ${credentialsElement('customer', this.ticket.id, this.api)}`;
    return html`
      <form
        class="card composer"
        @submit=${this.submit}
        @keydown=${this.onKey}
        @pc-submitted=${this.onShared}
      >
        <div class="field">
          <label for="reply">${texts.reply.label}</label>
          <textarea
            id="reply"
            rows="4"
            maxlength=${limit}
            placeholder=${texts.reply.hint}
            .value=${live(this.text)}
            @input=${({ target }: Event) => {
              this.write((target as HTMLTextAreaElement).value);
            }}
          ></textarea>
        </div>
        ${isLeaking ? this.leakNotice() : nothing}
        ${this.problem === undefined ? nothing : problemNotice(this.problem)}
        <div class="buttons end">
          <button class="primary" aria-disabled=${this.sending || this.text.trim() === ''}>
            ${this.sending ? texts.reply.sending : texts.reply.send}
          </button>
        </div>
        ${this.viewAs === 'requester' ? privateForm : nothing}
      </form>
    `;
  }

  private get text(): string {
    return this.draft?.fields['body'] ?? '';
  }

  private get drafts(): Drafts {
    return new Drafts(this.person.id);
  }

  private get draftName(): string {
    return `reply:${this.ticket.id}`;
  }

  private leakNotice() {
    const canMove = this.viewAs === 'requester' && !isEnded(this.ticket.status);
    return leakNotice({
      canMove,
      asking: this.asking,
      onMove: () => {
        const { text, secrets } = redactSecrets(this.text, 'removed');
        this.write(text);
        this.moved = canMove;
        if (canMove) void this.openForm(secrets);
      },
      onSend: () => void this.send(),
    });
  }

  /** Only now may the reply say "shared": the form could have been discarded before. */
  private readonly onShared = (): void => {
    if (this.moved) this.write(markShared(this.text));
    this.moved = false;
  };

  private async openForm(secrets: readonly string[]): Promise<void> {
    await this.updateComplete;
    if (secrets.length > 0)
      this.querySelector('private-credentials')?.openForm(toFormDraft(secrets));
  }

  private write(body: string): void {
    this.draft = this.drafts.write(this.draftName, { body });
    this.asking = false;
    this.requestUpdate();
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    if (
      event.key === 'Enter' &&
      (event.ctrlKey || event.metaKey) &&
      event.target instanceof HTMLTextAreaElement
    )
      this.submit(event);
  };

  private readonly submit = (event: Event): void => {
    event.preventDefault();
    this.asking = findSecrets(this.text).length > 0;
    this.requestUpdate();
    if (!this.asking) void this.send();
    else
      void this.updateComplete.then(() => this.querySelector<HTMLElement>('.leak button')?.focus());
  };

  private async send(): Promise<void> {
    if (this.sending || this.draft === undefined || this.text.trim() === '') return;
    const { draft, ticket } = this;
    [this.sending, this.problem, this.asking] = [true, undefined, false];
    this.requestUpdate();
    try {
      const detail = await this.api.reply(ticket.id, this.text, draft.key);
      this.dispatchEvent(new CustomEvent('desk-replied', { detail, bubbles: true }));
      // Text typed meanwhile is kept.
      if (this.draft === draft) this.draft = this.drafts.write(this.draftName, {});
      if (this.text === '') this.drafts.drop(this.draftName);
    } catch (error) {
      this.problem = toProblem(error);
    } finally {
      this.sending = false;
      this.requestUpdate();
    }
  }
}

customElements.define('reply-box', ReplyBox);

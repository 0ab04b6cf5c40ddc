import { html, nothing } from 'lit';
import { type ApiProblem, toProblem } from '../../api/problem.js';
import { findSecrets } from '../../leak-warning/find-secrets.js';
import { type DeskApi } from '../desk-api.js';
import { DeskElement, prop } from '../desk-element.js';
import { type Draft, type Drafts } from '../drafts.js';
import { markRemoved, redactSecrets } from '../leak/redact-secrets.js';
import { keepForForm } from '../leak/kept-for-form.js';
import { leakNotice } from '../leak/leak-notice.js';
import { problemNotice } from '../parts/notices.js';
import { textField } from '../parts/text-field.js';
import { navigate, homePath, ticketPath } from '../routing.js';
import { type SignedInPerson } from '../session/person.js';
import { texts } from '../texts.js';

const draftName = 'new-ticket';
type TicketField = 'subject' | 'description' | 'requesterId';

/** The form for a new ticket: a customer's own, or an agent's for a customer. */
export class NewTicket extends DeskElement {
  static override properties = { api: prop, person: prop, drafts: prop };
  declare api: DeskApi;
  declare person: SignedInPerson;
  declare drafts: Drafts;
  private draft: Draft | undefined;
  private faults: Partial<Record<TicketField, string>> = {};
  private problem: ApiProblem | undefined;
  private sending = false;
  private asking = false;
  /**
   * Secrets that were moved out of the description, for the new ticket's private form.
   */
  private taken: readonly string[] = [];

  protected override willUpdate(): void {
    if (this.draft !== undefined) return;
    this.draft = this.drafts.read(draftName);
    const description = markRemoved(this.value('description'));
    if (description !== this.value('description')) this.onInput('description', description);
  }

  protected override render() {
    const isLeaking = findSecrets(this.value('description')).length > 0;
    return html`
      <form class="narrow stack" novalidate @submit=${this.submit}>
        <h1>${texts.create.title}</h1>
        <div class="card stack">
          ${
            this.forSomebody
              ? this.field('requesterId', texts.create.requester, texts.create.requesterHint)
              : nothing
          }
          ${this.field('subject', texts.create.subject, texts.create.subjectHint)}
          ${this.field('description', texts.create.description, texts.create.descriptionHint)}
          ${isLeaking ? this.leakNotice() : nothing}
          ${
            this.taken.length > 0
              ? html`<p class="notice" role="status">${texts.create.withSecret}</p>`
              : nothing
          }
          ${this.problem === undefined ? nothing : problemNotice(this.problem)}
          <div class="buttons end">
            <a class="button quiet" href=${homePath}>${texts.cancel}</a>
            <button class="primary" aria-disabled=${this.sending}>
              ${this.sending ? texts.create.sending : texts.create.submit}
            </button>
          </div>
        </div>
      </form>
    `;
  }

  private get forSomebody(): boolean {
    return !this.person.roles.includes('customer');
  }

  private value(field: TicketField): string {
    return this.draft?.fields[field] ?? '';
  }

  private field(name: TicketField, label: string, hint: string) {
    const [value, fault] = [this.value(name), this.faults[name]];
    const [lines, limit] =
      name === 'description' ? [true, 10_000] : [false, name === 'subject' ? 200 : 255];
    return textField({
      name,
      label,
      hint,
      value,
      fault,
      lines,
      limit,
      onInput: (text) => {
        this.onInput(name, text);
      },
    });
  }

  private leakNotice() {
    return leakNotice({
      canMove: !this.forSomebody,
      asking: this.asking,
      onMove: () => {
        const { text, secrets } = redactSecrets(
          this.value('description'),
          this.forSomebody ? 'removed' : 'moved',
        );
        if (!this.forSomebody) this.taken = [...this.taken, ...secrets];
        this.onInput('description', text);
      },
      onSend: () => void this.send(),
    });
  }

  private onInput(field: TicketField, value: string): void {
    this.draft = this.drafts.write(draftName, { ...this.draft?.fields, [field]: value });
    this.faults = { ...this.faults, [field]: undefined };
    this.asking = false;
    this.requestUpdate();
  }

  private readonly submit = (event: Event): void => {
    event.preventDefault();
    this.asking = findSecrets(this.value('description')).length > 0;
    this.requestUpdate();
    if (!this.asking) void this.send();
    else
      void this.updateComplete.then(() => this.querySelector<HTMLElement>('.leak button')?.focus());
  };

  private async send(): Promise<void> {
    if (this.sending || this.isIncomplete() || this.draft === undefined) return;
    const [draft, description, requesterId] = [
      this.draft,
      this.value('description'),
      this.value('requesterId'),
    ];
    [this.sending, this.problem] = [true, undefined];
    this.requestUpdate();
    try {
      const body = {
        subject: this.value('subject'),
        ...(description && { description }),
        ...(this.forSomebody && { requesterId }),
      };
      const { id } = await this.api.create(body, draft.key);
      // Text typed meanwhile is kept. A person who has left this view is not moved.
      this.drafts.dropSent(draftName, draft);
      keepForForm(id, this.taken);
      if (this.isConnected) navigate(ticketPath(id), 'replace');
    } catch (error) {
      this.problem = toProblem(error);
      for (const field of ['subject', 'description', 'requesterId'] as const)
        this.faults = { ...this.faults, [field]: this.problem.faultOf(field)?.detail };
    } finally {
      this.sending = false;
      this.requestUpdate();
    }
  }

  private isIncomplete(): boolean {
    this.faults = {
      ...(this.value('subject').trim() === '' && { subject: texts.create.needsSubject }),
      ...(this.forSomebody &&
        this.value('requesterId').trim() === '' && { requesterId: texts.create.needsRequester }),
    };
    const [first] = Object.keys(this.faults);
    this.requestUpdate();
    if (first !== undefined) this.querySelector<HTMLElement>(`#${first}`)?.focus();
    return first !== undefined;
  }
}

customElements.define('new-ticket', NewTicket);

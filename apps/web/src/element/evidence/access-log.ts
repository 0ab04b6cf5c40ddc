import { html, nothing, unsafeCSS } from 'lit';
import { type AccessLogEntry } from '../../api/client.js';
import { Action } from '../action.js';
import look from '../look/evidence.css?inline';
import { outcomeOf, timeOf } from '../messages.js';
import { baseStyles, Part } from '../part.js';
import { personOf } from '../session/context.js';
import { mergeLog } from './merge-log.js';

/** Who did what, newest first. Fetched while it is open, page by page. */
export class AccessLog extends Part {
  static override styles = [baseStyles, unsafeCSS(look)];
  #entries: readonly AccessLogEntry[] = [];
  #cursor: string | null = null;
  #news = -1;
  #opened = false;
  readonly #loading: Action = new Action(this);

  protected override onNews(): void {
    super.onNews();
    if (this.#opened && this.context.watch.news !== this.#news) void this.#loadNewest();
  }

  protected override render() {
    const { texts, watch } = this.context;
    if (watch.granted === false && !watch.ended) return nothing;
    return html`<details @toggle=${this.#onToggle}>
      <summary>${texts.evidence.log}</summary>
      ${this.#entries.length === 0 && !this.#loading.busy ? html`<p class="soft">${texts.evidence.noLog}</p>` : nothing}
      <ol>
        ${this.#entries.map((entry) => this.#entry(entry))}
      </ol>
      ${outcomeOf(this.context, this.#loading)}
      ${this.#loading.busy && this.#entries.length === 0 ? html`<p class="soft">${texts.loading}</p>` : nothing}
      ${this.#cursor === null ? nothing : html`<button class="quiet" @click=${this.#onMore}>${texts.more}</button>`}
    </details>`;
  }

  #entry(entry: AccessLogEntry) {
    const { texts } = this.context;
    const { evidence } = texts;
    const actor = entry.actorRole === 'system' ? evidence.system : personOf(texts, entry.actorId, entry.actorName);
    const outcome = evidence.outcomes[entry.outcome];
    return html`<li>
      <span>
        ${evidence.entry(actor, evidence.actions[entry.action] ?? entry.action, this.#subject(entry))}
        ${outcome === '' ? nothing : html`<strong class="refused">${outcome}</strong>`}
        ${entry.reason === null ? nothing : html`<span class="soft">· ${this.#reason(entry.reason)}</span>`}
      </span>
      <span class="soft small">${timeOf(this.context, entry.at)}</span>
    </li>`;
  }

  #subject({ credentialId }: AccessLogEntry): string {
    const { evidence } = this.context.texts;
    if (credentialId === null) return evidence.all;
    const number = this.context.watch.numbers.get(credentialId);
    return number === undefined ? evidence.unknown : evidence.one(number);
  }

  #reason(reason: string): string {
    const { reasons } = this.context.texts.evidence;
    return (reasons as Readonly<Record<string, string>>)[reason] ?? reason;
  }

  readonly #onToggle = (event: Event): void => {
    this.#opened = (event.target as HTMLDetailsElement).open;
    if (this.#opened) void this.#loadNewest();
  };

  readonly #onMore = (): void => {
    void this.#loading.run(async () => {
      const page = await this.context.api.log(this.#cursor);
      this.#entries = mergeLog(this.#entries, page.items);
      this.#cursor = page.nextCursor;
    });
  };

  /** What is older stays; a gap between is impossible to see, so then the list begins anew. */
  async #loadNewest(): Promise<void> {
    await this.#loading.run(async () => {
      this.#news = this.context.watch.news;
      const { items, nextCursor } = await this.context.api.log(null);
      const joined = this.#entries.length > 0 && items.some(({ seq }) => seq === this.#entries[0]?.seq);
      this.#entries = joined ? mergeLog(this.#entries, items) : items;
      if (!joined) this.#cursor = nextCursor;
    });
  }
}

import { html, nothing, unsafeCSS } from 'lit';
import { type AccessLogEntry } from '../../api/client.js';
import { logPages, noPage, type Page } from '../../api/newest-first.js';
import { Action } from '../action.js';
import css from '../styles/evidence.css?inline';
import { outcomeNote, timeOf } from '../notes.js';
import { baseStyles, ElementPart } from '../element-part.js';
import { sentenceOf } from './log-sentence.js';

/** The access log, newest first. It is fetched page by page while it is open. */
export class AccessLog extends ElementPart {
  static override styles = [baseStyles, unsafeCSS(css)];
  private log: Page<AccessLogEntry> = noPage;
  private changes = -1;
  private opened = false;
  private readonly loading: Action = new Action(this);

  protected override onChange(): void {
    super.onChange();
    if (this.opened && this.context.watch.changes !== this.changes) void this.loadNewest();
  }

  protected override render() {
    const { texts, watch } = this.context;
    const { items, nextCursor } = this.log;
    if (watch.granted === false && !watch.ended) return nothing;
    return html`<details @toggle=${this.onToggle}>
      <summary>${texts.evidence.log}</summary>
      ${
        items.length === 0 && !this.loading.busy
          ? html`<p class="soft">${texts.evidence.noLog}</p>`
          : nothing
      }
      <ol>
        ${items.map((entry) => this.entry(entry))}
      </ol>
      ${outcomeNote(this.context, this.loading)}
      ${
        this.loading.busy && items.length === 0
          ? html`<p class="soft">${texts.loading}</p>`
          : nothing
      }
      ${
        nextCursor === null
          ? nothing
          : html`<button class="quiet" @click=${this.onMore}>${texts.more}</button>`
      }
    </details>`;
  }

  private entry(entry: AccessLogEntry) {
    const { texts, watch } = this.context;
    const { text, reason } = sentenceOf(texts, entry, watch.numbers);
    return html`<li>
      <span>
        <span class=${entry.outcome === 'done' ? '' : 'refused'}>${text}</span>
        ${reason === null ? nothing : html`<span class="soft">· ${reason}</span>`}
      </span>
      <span class="soft small">${timeOf(this.context, entry.at)}</span>
    </li>`;
  }

  private readonly onToggle = (event: Event): void => {
    this.opened = (event.target as HTMLDetailsElement).open;
    if (this.opened) void this.loadNewest();
  };

  private readonly onMore = (): void => {
    void this.loading.run(async () => {
      this.log = logPages.withOlder(
        this.log,
        await this.context.api.accessLog(this.log.nextCursor),
      );
    });
  };

  private async loadNewest(): Promise<void> {
    await this.loading.run(async () => {
      this.changes = this.context.watch.changes;
      this.log = logPages.withNewest(this.log, await this.context.api.accessLog(null));
    });
  }
}

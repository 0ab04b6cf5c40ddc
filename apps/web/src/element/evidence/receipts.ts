import { html, nothing, type PropertyValues, unsafeCSS } from 'lit';
import { type Receipt } from '../../api/client.js';
import { noPage, type Page, receiptPages } from '../../api/newest-first.js';
import { Action } from '../action.js';
import css from '../styles/evidence.css?inline';
import { outcomeNote, timeOf } from '../notes.js';
import { baseStyles, ElementPart } from '../element-part.js';

/** Destruction receipts, newest first, each to be downloaded once it is signed. */
export class Receipts extends ElementPart {
  static override styles = [baseStyles, unsafeCSS(css)];
  /** The newest page, and the older ones that were loaded. */
  private known: Page<Receipt> = noPage;
  private readonly loading: Action = new Action(this);

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    this.known = receiptPages.withNewest(this.known, this.context.watch.receipts);
  }

  protected override render() {
    const { texts, watch } = this.context;
    const { items, nextCursor } = this.known;
    return html`<details ?open=${watch.ended}>
      <summary>
        ${texts.evidence.receipts}<span class="count"
          >${items.length}${nextCursor === null ? '' : '+'}</span
        >
      </summary>
      <ul>
        ${items.map((receipt) => this.entry(receipt))}
      </ul>
      ${outcomeNote(this.context, this.loading)}
      ${
        nextCursor === null
          ? nothing
          : html`<button class="quiet" @click=${this.onMore}>${texts.more}</button>`
      }
    </details>`;
  }

  private readonly onMore = (): void => {
    void this.loading.run(async () => {
      this.known = receiptPages.withOlder(
        this.known,
        await this.context.api.receipts(this.known.nextCursor),
      );
    });
  };

  private entry(receipt: Receipt) {
    const { texts } = this.context;
    const { credentialIds, destroyedAt, reason, jws } = receipt;
    return html`<li class="row spread">
      <span>
        ${texts.evidence.destroyed(texts.sets(credentialIds.length))}
        ${timeOf(this.context, destroyedAt)}
        <span class="soft">· ${texts.evidence.reasons[reason]}</span>
      </span>
      ${
        jws === null
          ? html`<span class="soft small">${texts.evidence.signing}</span>`
          : html`<button
              class="quiet"
              @click=${() => {
                save(`receipt-${receipt.id}.jws`, jws);
              }}
            >
              ${texts.evidence.download}
            </button>`
      }
    </li>`;
  }
}

/** Downloads a JWS in compact form (RFC 7515). */
function save(name: string, jws: string): void {
  const url = URL.createObjectURL(new Blob([jws], { type: 'application/jose' }));
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  URL.revokeObjectURL(url);
}

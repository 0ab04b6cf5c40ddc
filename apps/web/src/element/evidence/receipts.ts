import { html, unsafeCSS } from 'lit';
import { type Receipt } from '../../api/client.js';
import look from '../look/evidence.css?inline';
import { timeOf } from '../messages.js';
import { baseStyles, Part } from '../part.js';

/** What was destroyed, when and why, with the signed statement to keep. */
export class Receipts extends Part {
  static override styles = [baseStyles, unsafeCSS(look)];

  protected override render() {
    const { texts, watch } = this.context;
    return html`<details ?open=${watch.ended}>
      <summary>${texts.evidence.receipts}<span class="count">${watch.receipts.length}</span></summary>
      <ul>
        ${watch.receipts.map((receipt) => this.#entry(receipt))}
      </ul>
    </details>`;
  }

  #entry(receipt: Receipt) {
    const { texts } = this.context;
    const { credentialIds, destroyedAt, reason, jws } = receipt;
    return html`<li class="row spread">
      <span>
        ${texts.evidence.destroyed(texts.sets(credentialIds.length))} ${timeOf(this.context, destroyedAt)}
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

/** JOSE in compact form (RFC 7515). */
function save(name: string, jws: string): void {
  const url = URL.createObjectURL(new Blob([jws], { type: 'application/jose' }));
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  URL.revokeObjectURL(url);
}

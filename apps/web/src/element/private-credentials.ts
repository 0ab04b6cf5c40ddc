import { html, LitElement, unsafeCSS } from 'lit';
import tokens from '../theme/tokens.css?inline';
import { answer, createApi, type Ticket } from '../api/client.js';
import { type PrivateCredentialsElement } from './public-types.js';

export class PrivateCredentials extends LitElement implements PrivateCredentialsElement {
  static override styles = unsafeCSS(tokens);
  static override properties = { ticket: {} };
  declare ticket: string;

  override render() {
    return html`<p>${this.ticket}</p>`;
  }

  async load(): Promise<Ticket> {
    const api = createApi({ baseUrl: '', token: '' });
    return answer(api.GET('/v1/tickets/{ticketId}', { params: { path: { ticketId: this.ticket } } }));
  }
}

customElements.define('private-credentials', PrivateCredentials);

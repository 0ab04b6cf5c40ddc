import { html } from 'lit';
import { DeskElement } from '../desk-element.js';
import { type DeskApi, type Ticket } from '../desk-api.js';
import { texts } from '../texts.js';

/** What an admin sees of a ticket: who did what with its credentials, and never what was shared or said. */
export class AdminView extends DeskElement {
  static override properties = { api: { attribute: false }, ticket: { attribute: false } };
  declare api: DeskApi;
  declare ticket: Ticket;

  protected override render() {
    return html`<p class="notice">${texts.ticket.adminOnly}</p>`;
  }
}

customElements.define('admin-view', AdminView);

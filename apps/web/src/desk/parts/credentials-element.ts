import { html, type TemplateResult } from 'lit';
import { type DeskApi } from '../desk-api.js';

/** The element for one ticket, with the API and the token of the page. */
export const credentialsElement = (
  as: 'customer' | 'agent',
  ticketId: string,
  { baseUrl, token }: DeskApi,
): TemplateResult =>
  html`<private-credentials
    as=${as}
    .ticket=${ticketId}
    .api=${baseUrl}
    .token=${token}
  ></private-credentials>`;

import { html, type TemplateResult } from 'lit';
import { type DeskApi } from '../desk-api.js';

/** The element about one ticket: it calls where the page calls, in the same name. */
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

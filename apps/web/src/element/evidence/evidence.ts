import { html, nothing, type TemplateResult } from 'lit';
import { define } from '../element-part.js';
import { type Context } from '../session/context.js';
import { AccessLog } from './access-log.js';
import { Receipts } from './receipts.js';

define('pc-access-log', AccessLog);
define('pc-receipts', Receipts);

/** The receipts and the access log, as far as there are any to show. */
export const evidence = (context: Context): TemplateResult =>
  html`${
    context.watch.receipts.items.length > 0
      ? html`<pc-receipts .context=${context}></pc-receipts>`
      : nothing
  }
  ${
    context.watch.ticket === undefined
      ? nothing
      : html`<pc-access-log .context=${context}></pc-access-log>`
  }`;

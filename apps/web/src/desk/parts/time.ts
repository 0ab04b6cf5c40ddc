import { html, type TemplateResult } from 'lit';
import { Format, varietyOf } from '../../texts/format.js';

const format = new Format(varietyOf('en'));

/** A relative time such as "5 minutes ago"; its title is the exact one. */
export const timeOf = (time: string): TemplateResult =>
  html`<time datetime=${time} title=${format.exactly(time)}>${format.near(time)}</time>`;

import { html, type TemplateResult } from 'lit';
import { Format, varietyOf } from '../../texts/format.js';

const format = new Format(varietyOf('en'));

/** A moment as people say it, and exactly where they look closer. */
export const timeOf = (time: string): TemplateResult =>
  html`<time datetime=${time} title=${format.exactly(time)}>${format.near(time)}</time>`;

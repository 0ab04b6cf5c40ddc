import { html, type TemplateResult } from 'lit';

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const absolute = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });
const date = new Intl.DateTimeFormat('en', { dateStyle: 'medium' });

/** Seconds in each unit, from the smallest that is used. */
const units: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['minute', 60],
  ['hour', 3600],
  ['day', 86_400],
];
const aWeek = 7 * 86_400;

/** `3 hours ago`, or the date of what is longer ago. @param now milliseconds */
export function ago(time: string, now = Date.now()): string {
  const seconds = Math.max(0, Math.round((now - Date.parse(time)) / 1000));
  if (seconds < 60) return 'just now';
  if (seconds >= aWeek) return date.format(Date.parse(time));
  const [unit, length] = units.findLast(([, candidate]) => seconds >= candidate) ?? ['minute', 60];
  return relative.format(-Math.floor(seconds / length), unit);
}

/** A moment as people say it, and exactly where they look closer. */
export const when = (time: string): TemplateResult =>
  html`<time datetime=${time} title=${absolute.format(Date.parse(time))}>${ago(time)}</time>`;

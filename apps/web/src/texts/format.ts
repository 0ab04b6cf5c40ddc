const minute = 60_000;
const steps = [
  [7 * 24 * 60, 24 * 60, 'day'],
  [24 * 60, 60, 'hour'],
  [60, 1, 'minute'],
] as const;

/**
 * The reader's own variety of a page's language, such as en-GB, which orders a date
 * in another way than en-US.
 */
export const varietyOf = (
  language: string,
  readers: readonly string[] = navigator.languages,
): string => readers.find((each) => each.split('-')[0] === language) ?? language;

/** Times in the words of a language. */
export class Format {
  private readonly relative: Intl.RelativeTimeFormat;
  private readonly day: Intl.DateTimeFormat;
  private readonly full: Intl.DateTimeFormat;
  private readonly conjunction: Intl.ListFormat;

  /** @param language a BCP 47 tag */
  constructor(language: string) {
    this.relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
    this.day = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
    this.full = new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'long' });
    this.conjunction = new Intl.ListFormat(language, { type: 'conjunction' });
  }

  /**
   * Such as "5 minutes ago", "in 2 hours"; a date where it is a week or more away. Never
   * earlier than it is: it may be a promise.
   */
  near(time: string, now: number = Date.now()): string {
    const minutes = Math.round((Date.parse(time) - now) / minute);
    if (minutes === 0) return this.relative.format(0, 'second');
    const step = steps.findLast(([limit]) => Math.abs(minutes) < limit);
    return step === undefined
      ? this.at(time)
      : this.relative.format(Math.ceil(minutes / step[1]), step[2]);
  }

  at(time: string): string {
    return this.day.format(Date.parse(time));
  }

  exactly(time: string): string {
    return this.full.format(Date.parse(time));
  }

  list(parts: readonly string[]): string {
    return this.conjunction.format(parts);
  }
}

/** Minutes and seconds, such as 4:05. @param ms rounded up to whole seconds */
export function clock(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

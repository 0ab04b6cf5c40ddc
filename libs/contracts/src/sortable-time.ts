const rfc3339 =
  /^(?<day>\d{4}-\d\d-\d\d)T(?<minute>(?:[01]\d|2[0-3]):[0-5]\d):(?<second>[0-5]\d|60)(?:\.(?<fraction>\d{1,40}))?(?<zone>Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/i;

/**
 * An RFC 3339 time in UTC, written so that the order of bytes is the order
 * in time and the same moment is the same text, however fine its fraction
 * is: `2026-03-01T12:00:00.000001+01:00` is `2026-03-01T11:00:00.000001`,
 * a whole second ends in `.`.
 * @returns undefined where `text` is no such time, in UTC outside the years 0000 to 9999,
 *   or its fraction has more than 40 digits
 */
export function sortableTime(text: string): string | undefined {
  const {
    day = '',
    minute = '',
    second = '',
    fraction = '',
    zone = '',
  } = rfc3339.exec(text)?.groups ?? {};
  if (!isDay(day)) return undefined;
  // Date knows neither leap seconds nor anything finer than a millisecond, so it converts
  // the minute, and the rest stays as it was written.
  const utc = new Date(`${day}T${minute}:00${zone.toUpperCase()}`).toISOString();
  if (!/^\d{4}-/.test(utc)) return undefined;
  return `${utc.slice(0, 16)}:${second}.${fraction.replace(/0+$/, '')}`;
}

/** Date takes the 30th of February for the 2nd of March. */
function isDay(day: string): boolean {
  const midnight = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day);
}

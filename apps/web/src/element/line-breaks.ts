/**
 * Form fields turn every line break into \n. These functions restore the original ones
 * (\r\n or \r), so that an edit changes a key file, or notes from another system, only
 * where they were edited.
 */

/** Replaces what a field shows from `start` to `end`; positions count as in the field. */
export function splice(text: string, start: number, end: number, by: string): string {
  const units = unitsOf(text);
  return units.slice(0, start).join('') + by + units.slice(end).join('');
}

/**
 * The value `typed` of a field with the line breaks of the text `before`. New line breaks
 * are \r\n if there was one before.
 */
export function keepLineBreaks(before: string, typed: string): string {
  const shown = unitsOf(before).map((unit) => (unit.startsWith('\r') ? '\n' : unit));
  const most = Math.min(shown.length, typed.length);
  let start = 0;
  while (start < most && shown[start] === typed[start]) start += 1;
  let rest = 0;
  while (rest < most - start && shown.at(-1 - rest) === typed.at(-1 - rest)) rest += 1;
  const changed = typed.slice(start, typed.length - rest);
  const lineBreak = before.includes('\r\n') ? '\r\n' : '\n';
  return splice(before, start, shown.length - rest, changed.replaceAll('\n', lineBreak));
}

/** Splits into what a field counts as one position: \r\n, or a UTF-16 unit. */
const unitsOf = (text: string): string[] => text.match(/\r\n|[^]/g) ?? [];

/**
 * A field shows every line break as one character, \n, and hands it on so. These keep
 * those of the text behind it, so that a key file, or the notes of somebody with another
 * system, change only where they were changed.
 */

/** `text` with `by` in the place of what a field shows between two of its positions. */
export function splice(text: string, start: number, end: number, by: string): string {
  const units = unitsOf(text);
  return units.slice(0, start).join('') + by + units.slice(end).join('');
}

/**
 * What a field says after somebody typed, with the line breaks of the text
 * before; new ones are like those.
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

/** What is shown as one character each (UTF-16). */
const unitsOf = (text: string): string[] => text.match(/\r\n|[^]/g) ?? [];

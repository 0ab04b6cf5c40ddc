/**
 * Control characters, line breaks, and what turns the direction of text or hides: a
 * message that somebody else wrote must not move the cursor, recolour the terminal,
 * or look like a line of ours.
 */
const harmful = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;

/**
 * Makes text from outside safe for a terminal: characters that
 * could act there become `\u{…}`.
 */
export const printable = (text: string): string =>
  text.replaceAll(harmful, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);

/**
 * Columns as wide as their widest cell; the last one may be longer than the
 * line. Cells are made printable.
 */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [header, ...rows].map((cells) => cells.map(printable));
  const widths = header.map((_, column) =>
    Math.max(...lines.map((cells) => cells[column]?.length ?? 0)),
  );
  return lines
    .map((cells) =>
      cells
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

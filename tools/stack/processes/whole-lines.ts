import { type Readable } from 'node:stream';

/**
 * Passes on what a process prints, as it comes, but only whole lines: what comes together
 * is passed on together, since a call for each line costs more than the line.
 * @param take gets one or more lines, each with its end
 */
export function passWholeLines(output: Readable, take: (lines: string) => void): void {
  let rest = '';
  output.setEncoding('utf8');
  output.on('data', (text: string) => {
    const end = text.lastIndexOf('\n') + 1;
    if (end === 0) {
      rest += text;
      return;
    }
    const lines = rest + text.slice(0, end);
    rest = text.slice(end);
    take(lines);
  });
  output.once('end', () => {
    if (rest !== '') take(`${rest}\n`);
  });
}

/** What {@link passWholeLines} passes on, one by one. */
export const linesIn = (lines: string): string[] => lines.slice(0, -1).split(/\r?\n/);

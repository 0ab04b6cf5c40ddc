import { readableLine } from '../readable-line.js';
import { linesIn } from './whole-lines.js';

const length = 12;

/** The last lines of a process's output, split only when they are quoted. */
export class Tail {
  private printed: string[] = [];

  /** @param lines one or more, each with its end */
  add(lines: string): void {
    this.printed = [...this.printed.slice(1 - length), lines];
  }

  /** For the end of an error message; empty if there was no output. */
  quote(): string {
    const lines = this.printed.flatMap(linesIn).slice(-length);
    return lines.length === 0
      ? ''
      : ` Its last lines:\n${lines.map((line) => `    ${readableLine(line)}`).join('\n')}`;
  }
}

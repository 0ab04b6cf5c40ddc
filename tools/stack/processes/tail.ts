import { readableLine } from '../readable-line.js';

const length = 12;

/** The last lines that a process printed. */
export class Tail {
  private lines: string[] = [];

  add(line: string): void {
    this.lines = [...this.lines.slice(1 - length), line];
  }

  /** For the end of a message; empty when nothing was printed. */
  quote(): string {
    return this.lines.length === 0
      ? ''
      : ` Its last lines:\n${this.lines.map((line) => `    ${readableLine(line)}`).join('\n')}`;
  }
}

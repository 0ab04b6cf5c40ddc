import { readableLine } from '../readable-line.js';

const length = 12;

/** The last lines of a process's output. */
export class Tail {
  private lines: string[] = [];

  add(line: string): void {
    this.lines = [...this.lines.slice(1 - length), line];
  }

  /** For the end of an error message; empty if there was no output. */
  quote(): string {
    return this.lines.length === 0
      ? ''
      : ` Its last lines:\n${this.lines.map((line) => `    ${readableLine(line)}`).join('\n')}`;
  }
}

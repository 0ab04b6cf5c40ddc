import { type Reporter } from '../stack/reporter.js';
import { linesIn } from '../stack/processes/whole-lines.js';
import { readableLine } from '../stack/readable-line.js';
import { type Style, painter, wantsColour } from './style.js';

const palette: readonly Style[] = [
  'cyan',
  'magenta',
  'yellow',
  'green',
  'blue',
  'redBright',
  'cyanBright',
  'magentaBright',
];
/** In ms. A step that takes longer is announced before it ends. */
const announceAfterMs = 700;
const prefixWidth = 13;

/** Prints to a terminal, or to a log. */
export class TerminalReporter implements Reporter {
  private readonly paint;
  private readonly styles = new Map<string, Style>();

  constructor(
    private readonly output: NodeJS.WriteStream,
    env: NodeJS.ProcessEnv,
  ) {
    this.paint = painter(wantsColour(output, env));
    // The terminal may be closed before everything has stopped.
    output.on('error', () => undefined);
  }

  async step<T>(
    title: string,
    work: () => Promise<T>,
    outcome: (result: T) => string = () => '',
  ): Promise<T> {
    const start = performance.now();
    const notice = setTimeout(() => {
      this.print(this.paint('dim', `  … ${title}`));
    }, announceAfterMs);
    try {
      const result = await work();
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      const done = [title, outcome(result)].filter(Boolean).join(' ');
      this.print(`  ${this.paint('green', '✓')} ${done} ${this.paint('dim', `${seconds} s`)}`);
      return result;
    } finally {
      clearTimeout(notice);
    }
  }

  say(message: string): void {
    this.print(message);
  }

  warn(message: string): void {
    this.print(this.paint('yellow', `  ! ${message}`));
  }

  fail(message: string): void {
    this.print(`\n${this.paint(['red', 'bold'], 'Failed:')} ${message}\n`);
  }

  lines(name: string, lines: string): void {
    const style = this.styles.get(name) ?? palette[this.styles.size % palette.length] ?? 'cyan';
    this.styles.set(name, style);
    const prefix = this.paint(style, `${name.padEnd(prefixWidth)} │`);
    this.print(
      linesIn(lines)
        .map((line) => `${prefix} ${readableLine(line)}`)
        .join('\n'),
    );
  }

  private print(text: string): void {
    this.output.write(`${text}\n`);
  }
}

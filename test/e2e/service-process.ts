import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A service as it runs in production: the built one, in a process of its own. */
export class ServiceProcess {
  /** The lines of its log so far: events, with their text where they have one. */
  readonly lines: string[] = [];

  private constructor(private readonly child: ChildProcess) {}

  /** @param env all of its environment but the PATH */
  static start(service: string, env: NodeJS.ProcessEnv): ServiceProcess {
    const args = [
      '--import',
      './dist/libs/telemetry/src/preload.js',
      `dist/apps/${service}/src/main.js`,
    ];
    const child = spawn(process.execPath, args, {
      env: { PATH: process.env['PATH'], ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const started = new ServiceProcess(child);
    createInterface({ input: child.stdout }).on('line', (line) => {
      const { event, text } = JSON.parse(line) as { event: string; text?: string };
      started.lines.push(text === undefined ? event : `${event}: ${text}`);
    });
    return started;
  }

  /**
   * @returns the exit code after SIGTERM; the signal's name where
   *   it did not end by itself
   */
  async terminate(): Promise<unknown> {
    const ended = this.ended();
    this.child.kill('SIGTERM');
    return ended;
  }

  /**
   * @returns the exit code once it has ended by itself, and all
   *   that it said has been read
   */
  async ended(): Promise<unknown> {
    const [code, signal] = (await once(this.child, 'close')) as [number | null, string | null];
    return code ?? signal;
  }

  /** Ends what a failed test has left. */
  kill(): void {
    this.child.kill('SIGKILL');
  }
}

import { mkdtempSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { obtainFaketime } from '../../../tools/faketime/obtain-faketime.js';

/**
 * A clock for each process, as if each ran on a host of its own: the time of day may be
 * set, forwards and back, while it runs. The monotonic clock and the timers are left
 * alone, as by whoever sets a clock.
 */
export class HostClocks {
  private readonly library = obtainFaketime(process.env, process.geteuid?.() === 0);
  private readonly folder = mkdtempSync(join(tmpdir(), 'clocks-'));

  /** What a process is started with to have this clock, which is right so far. */
  envOf(name: string): NodeJS.ProcessEnv {
    this.set(name, 0);
    return {
      LD_PRELOAD: this.library,
      FAKETIME_TIMESTAMP_FILE: this.file(name),
      FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      NO_FAKE_STAT: '1',
    };
  }

  /** @param minutes ahead of the right time; negative is behind */
  set(name: string, minutes: number): void {
    const seconds = minutes * 60;
    // Replaced as a whole, since the process reads it at any moment.
    writeFileSync(`${this.file(name)}.next`, `${seconds < 0 ? '' : '+'}${seconds}\n`);
    renameSync(`${this.file(name)}.next`, this.file(name));
  }

  private file(name: string): string {
    return join(this.folder, name);
  }
}

import { closeSync, existsSync, fsyncSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs';
import { type Sql } from '#postgres';
import { type Checkpoint, checkpointsAfter } from '../persistence/checkpoints.js';

const batch = 1000;

/**
 * `AUDIT_CHECKPOINT_FILE`: a line per checkpoint (its JWS), to be kept where the database's owner cannot write. Only ever appended to; what
 * it misses after a crash, or while another replica took the checkpoints, is added the next time.
 */
export class CheckpointFile {
  constructor(
    private readonly sql: Sql,
    private readonly file: string,
  ) {}

  async catchUp(): Promise<void> {
    for (let after = this.lastNumber(); ;) {
      const missing = await checkpointsAfter(this.sql, after, batch);
      if (missing.length === 0) return;
      this.append(missing);
      after = missing.at(-1)?.number ?? after;
    }
  }

  private append(checkpoints: readonly Checkpoint[]): void {
    const descriptor = openSync(this.file, 'a', 0o600);
    try {
      writeSync(descriptor, checkpoints.map(({ jws }) => `${jws}\n`).join(''));
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  }

  /** Checkpoints are numbered from 1 without a gap, so the number of whole lines is the last number. A line that a crash tore is cut off. */
  private lastNumber(): number {
    if (!existsSync(this.file)) return 0;
    const text = readFileSync(this.file, 'latin1');
    const whole = text.lastIndexOf('\n') + 1;
    if (whole < text.length) truncateSync(this.file, whole);
    return text.slice(0, whole).split('\n').length - 1;
  }
}

import { auditCheckpointEvent, exchanges } from '#contracts';
import { append } from '#outbox';
import { readClock, type Sql, type UnitOfWork } from '#postgres';
import { signStatement } from '#signing';
import { type TicketHead } from '../domain/access-chain.js';
import {
  grownHeads,
  insertCheckpoint,
  isCheckpointDue,
  lastCheckpoint,
  lockCheckpoints,
} from '../persistence/checkpoints.js';
import { type SigningKeys } from '../receipts/signing-keys.js';
import { checkpointDigest, checkpointType, type CheckpointStatement } from './checkpoint.js';
import { appendMissing } from './checkpoint-file.js';

/** Chains covered by one checkpoint at most. */
const batch = 10_000;

export interface CheckpointSettings {
  /** Between two checkpoints, over all replicas. */
  readonly seconds: number;
  /** `AUDIT_CHECKPOINT_FILE`. */
  readonly file: string | undefined;
}

/**
 * Signs the heads of all chains that grew since the last checkpoint, and publishes the
 * result: a copy kept elsewhere later shows whether somebody with write access to the
 * database rewrote a whole chain.
 */
export class Checkpoints {
  /**
   * By `performance.now()`: no chain had grown, and to find those that have grown, every
   * head must be read.
   */
  private restUntil = 0;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly keys: SigningKeys,
    private readonly settings: CheckpointSettings,
  ) {}

  /**
   * Takes as many as cover all that grew, if it is time, and writes to the file what that
   * lacks. One replica at a time; any may call it as often as it likes.
   */
  async keep(): Promise<void> {
    const { file } = this.settings;
    let heads = await this.alone((tx) => this.takeIfDue(tx));
    while (heads.length === batch) {
      const after = heads.at(-1)?.ticketId ?? '';
      heads = await this.alone((tx) => this.take(tx, after));
    }
    if (file !== undefined) await this.unitOfWork.run((tx) => appendMissing(tx, file));
  }

  private alone<T>(work: (tx: Sql) => Promise<T>): Promise<T> {
    return this.unitOfWork.run(async (tx) => {
      await lockCheckpoints(tx);
      return work(tx);
    });
  }

  private async takeIfDue(tx: Sql): Promise<readonly TicketHead[]> {
    if (performance.now() < this.restUntil || !(await isCheckpointDue(tx, this.settings.seconds)))
      return [];
    const heads = await this.take(tx, '');
    if (heads.length === 0) this.restUntil = performance.now() + this.settings.seconds * 1000;
    return heads;
  }

  /**
   * @param after the ticket before the first, by the bytes of its id
   * @returns the heads that it covers; where none has grown, there is no new checkpoint
   */
  private async take(tx: Sql, after: string): Promise<readonly TicketHead[]> {
    const heads = await grownHeads(tx, after, batch);
    if (heads.length > 0) await this.cover(tx, heads);
    return heads;
  }

  private async cover(tx: Sql, heads: readonly TicketHead[]): Promise<void> {
    const last = await lastCheckpoint(tx);
    const [number, at] = [(last?.number ?? 0) + 1, await readClock(tx)];
    const digest = checkpointDigest(last?.digest ?? Buffer.alloc(0), heads);
    const jws = await this.sign(tx, {
      number,
      at: at.toISOString(),
      chains: heads.length,
      digest: digest.toString('base64url'),
    });
    await insertCheckpoint(tx, { number, at, digest, jws }, heads);
    await append(tx, exchanges.credential, [
      auditCheckpointEvent({ number, at: at.toISOString(), jws }),
    ]);
  }

  private async sign(tx: Sql, statement: Omit<CheckpointStatement, 'iss'>): Promise<string> {
    return signStatement(await this.keys.current(tx), checkpointType, {
      iss: '/credentials',
      ...statement,
    });
  }
}

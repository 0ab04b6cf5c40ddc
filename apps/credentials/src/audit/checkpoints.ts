import { auditCheckpointEvent, exchanges } from '#contracts';
import { append } from '#outbox';
import { readClock, type Sql, type UnitOfWork } from '#postgres';
import { signStatement } from '#signing';
import { grownHeads, insertCheckpoint, isCheckpointDue, lastCheckpoint, lockCheckpoints } from '../persistence/checkpoints.js';
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
 * Signs the heads of all chains that grew since the last checkpoint, and publishes the result: a copy kept elsewhere later shows whether
 * somebody with write access to the database rewrote a whole chain.
 */
export class Checkpoints {
  /** By `performance.now()`: nothing had grown, and to look for what has reads every head. */
  private restUntil = 0;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly keys: SigningKeys,
    private readonly settings: CheckpointSettings,
  ) {}

  /** Takes one if it is time, and writes to the file what that lacks. One replica at a time; any may call it as often as it likes. */
  async keep(): Promise<void> {
    const { file } = this.settings;
    let more = true;
    while (more) {
      more = await this.unitOfWork.run(async (tx) => {
        await lockCheckpoints(tx);
        return (await this.isDue(tx)) && (await this.take(tx)) === batch;
      });
    }
    if (file !== undefined) await this.unitOfWork.run((tx) => appendMissing(tx, file));
  }

  private async isDue(tx: Sql): Promise<boolean> {
    return performance.now() >= this.restUntil && isCheckpointDue(tx, this.settings.seconds);
  }

  /** @returns how many chains were covered; 0 where none has grown, and then there is no new checkpoint */
  private async take(tx: Sql): Promise<number> {
    const heads = await grownHeads(tx, batch);
    if (heads.length === 0) {
      this.restUntil = performance.now() + this.settings.seconds * 1000;
      return 0;
    }
    const last = await lastCheckpoint(tx);
    const [number, at] = [(last?.number ?? 0) + 1, await readClock(tx)];
    const digest = checkpointDigest(last?.digest ?? Buffer.alloc(0), heads);
    const jws = await this.sign(tx, { number, at: at.toISOString(), chains: heads.length, digest: digest.toString('base64url') });
    await insertCheckpoint(tx, { number, at, digest, jws }, heads);
    await append(tx, exchanges.credential, [auditCheckpointEvent({ number, at: at.toISOString(), jws })]);
    return heads.length;
  }

  private async sign(tx: Sql, statement: Omit<CheckpointStatement, 'iss'>): Promise<string> {
    return signStatement(await this.keys.current(tx), checkpointType, { iss: '/credentials', ...statement });
  }
}

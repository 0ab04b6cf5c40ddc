import { auditCheckpointEvent, exchanges } from '#contracts';
import { append } from '#outbox';
import { type Sql, type UnitOfWork } from '#postgres';
import { signStatement } from '#signing';
import { grownHeads, insertCheckpoint, lastCheckpoint, lockCheckpoints } from '../persistence/checkpoints.js';
import { type SigningKeys } from '../receipts/signing-keys.js';
import { checkpointDigest, checkpointType, type CheckpointStatement } from './checkpoint.js';

/** Chains covered by one checkpoint at most. */
const batch = 10_000;

/**
 * Signs the heads of all chains that grew since the last time, and publishes that: whoever keeps it elsewhere can tell later that a chain
 * was rewritten as a whole, by somebody who can write to the database.
 */
export class TakeCheckpoint {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly keys: SigningKeys,
  ) {}

  /** @returns how many chains were covered; 0 where none has grown, and then there is no new checkpoint */
  execute(): Promise<number> {
    return this.unitOfWork.run(async (tx) => {
      await lockCheckpoints(tx);
      const heads = await grownHeads(tx, batch);
      if (heads.length > 0) await this.take(tx, heads);
      return heads.length;
    });
  }

  private async take(tx: Sql, heads: Awaited<ReturnType<typeof grownHeads>>): Promise<void> {
    const last = await lastCheckpoint(tx);
    const [number, at] = [(last?.number ?? 0) + 1, new Date()];
    const digest = checkpointDigest(last?.digest ?? Buffer.alloc(0), heads);
    const statement: CheckpointStatement = {
      iss: '/credentials',
      number,
      at: at.toISOString(),
      chains: heads.length,
      digest: digest.toString('base64url'),
    };
    const jws = await signStatement(await this.keys.current(), checkpointType, statement);
    await insertCheckpoint(tx, { number, at, digest, jws }, heads);
    await append(tx, exchanges.credential, [auditCheckpointEvent({ number, at: statement.at, jws })]);
  }
}

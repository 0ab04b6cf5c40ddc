import { type Sql } from '#postgres';
import { type PublicKeySet, readStatement, StatementError } from '#signing';
import { byTicket } from '../persistence/by-ticket.js';
import { type Cut, cutTooFarAfter, mismatchesWith } from '../persistence/chains.js';
import { type Checkpoint, checkpointsAfter, headsOf } from '../persistence/checkpoints.js';
import { checkpointDigest, checkpointType, type CheckpointStatement } from './checkpoint.js';

const page = 100;

interface CheckpointReport {
  readonly checkpoints: number;
  /** In words, each with the checkpoint and, where it is known, the entry. */
  readonly faults: readonly string[];
}

/**
 * Compares the log with its signed checkpoints: their signatures, their chain, and that
 * the entries they cover still exist.
 * @param kept the checkpoints that were kept elsewhere, in order; if given, those of the
 *   database must be the same
 */
export async function verifyCheckpoints(
  sql: Sql,
  keys: PublicKeySet,
  kept: readonly string[] = [],
): Promise<CheckpointReport> {
  const faults: string[] = [];
  let [number, digest] = [0, Buffer.alloc(0) as Buffer];
  for (;;) {
    const found = await checkpointsAfter(sql, number, page);
    for (const checkpoint of found) {
      const fault = await faultOf(
        sql,
        checkpoint,
        { number: number + 1, digest },
        keys,
        kept[checkpoint.number - 1],
      );
      if (fault !== undefined) faults.push(`checkpoint ${checkpoint.number}: ${fault}`);
      faults.push(...(await strays(sql, checkpoint.number)));
      [number, digest] = [checkpoint.number, checkpoint.digest];
    }
    if (found.length < page) break;
  }
  for await (const cut of byTicket(page, (after, limit) => cutTooFarAfter(sql, after, limit)))
    faults.push(formatCut(cut));
  if (kept.length > number)
    faults.push(`checkpoint ${number + 1}: it was kept, but the database has it no more`);
  return { checkpoints: number, faults };
}

async function faultOf(
  sql: Sql,
  { number, digest, jws }: Checkpoint,
  expected: { readonly number: number; readonly digest: Buffer },
  keys: PublicKeySet,
  kept: string | undefined,
): Promise<string | undefined> {
  if (number !== expected.number) return `number ${expected.number} is missing`;
  if (kept !== undefined && kept !== jws) return 'it is not the one that was kept';
  const computed = checkpointDigest(expected.digest, await headsOf(sql, number));
  if (!computed.equals(digest)) return 'what it covered was changed';
  try {
    const { claims } = await readStatement(jws, checkpointType, keys);
    const { number: signed, digest: signedDigest } = claims as CheckpointStatement;
    return signed === number && signedDigest === digest.toString('base64url')
      ? undefined
      : 'its signature is of another checkpoint';
  } catch (error) {
    if (error instanceof StatementError) return error.message;
    throw error;
  }
}

const strays = async (sql: Sql, number: number): Promise<string[]> =>
  (await mismatchesWith(sql, number)).map(({ ticketId, seq, missing }) => {
    const fault = missing ? 'is missing' : 'was rewritten';
    return `checkpoint ${number}: entry ${seq} of ticket ${ticketId} ${fault}`;
  });

const formatCut = ({ ticketId, seq }: Cut): string =>
  `ticket ${ticketId}: what is left begins after entry ${seq}, which no checkpoint covers`;

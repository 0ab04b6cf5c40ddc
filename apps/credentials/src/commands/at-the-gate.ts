import { type Sql } from '#postgres';
import { type Gate, holdGate, readGates } from '../persistence/gates.js';
import { type Answer } from '../standing/standing-book.js';
import { applyAnswer } from './apply-standing/apply-standing.js';

/**
 * The answer of `tickets` does not permit the work, or no longer: it must be asked again.
 */
export class AskAgain extends Error {}

/**
 * Compares an answer with the gate. Where there is none nothing can be compared: an
 * event would have left no trace.
 * @throws AskAgain unless both say the same
 */
export type Entry = (sql: Sql, answer: Answer) => Promise<Gate>;

/**
 * Shares the gate until the transaction ends: until then this
 * service cannot apply an end.
 */
export const holdAt: Entry = async (tx, answer) =>
  requireSame(await holdGate(tx, answer.ticketId), answer);

/**
 * Locks the gate until the transaction ends, for work that numbers or destroys; and
 * merges the answer into it, which is a fresh one.
 */
export const lockAt: Entry = async (tx, answer) => {
  const applied = await applyAnswer(tx, answer);
  if (applied === undefined || applied.merge === 'regressed') throw new AskAgain();
  return applied.gate;
};

/** Only reads the gate, to see whether it has moved since. */
export const lookAt = async (sql: Sql, answer: Answer): Promise<void> => {
  requireSame((await readGates(sql, [answer.ticketId])).get(answer.ticketId), answer);
};

function requireSame<Known extends Pick<Gate, 'phase' | 'version'>>(
  gate: Known | undefined,
  { phase, version }: Answer,
): Known {
  if (gate === undefined || gate.phase !== phase || gate.version > version) throw new AskAgain();
  return gate;
}

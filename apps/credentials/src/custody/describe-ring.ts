import { type KeyRing } from '#envelope';
import { type Sql } from '#postgres';
import {
  countDestroyed,
  describeKeys,
  type KeyDescription,
} from '../persistence/key-descriptions.js';
import { readDestroyed } from '../persistence/keys.js';

interface RingKey {
  readonly id: string;
  /**
   * `destroyed`: its file is about to be deleted. `unknown`: not a key of this
   * database; it is left alone.
   */
  readonly state: KeyDescription['state'] | 'destroyed' | 'unknown';
  readonly since: Date | null;
  /** How many credentials it wraps. */
  readonly credentials: number;
  readonly isInRing: boolean;
}

interface RingDescription {
  /** Those that the database or the ring knows, oldest first. */
  readonly keys: readonly RingKey[];
  /** How many were destroyed so far. */
  readonly destroyed: number;
  /** Keys that are needed but not in the ring: what they wrap must be submitted again. */
  readonly lost: number;
}

/**
 * Looks twice before it reports a key as lost: it may have been rotated away between
 * reading the database and reading the ring.
 */
export async function describeRing(sql: Sql, ring: KeyRing): Promise<RingDescription> {
  const first = await look(sql, ring);
  return first.lost === 0 ? first : look(sql, ring);
}

async function look(sql: Sql, ring: KeyRing): Promise<RingDescription> {
  const known = await describeKeys(sql);
  const files = new Set(await ring.list());
  const destroyed = new Set(await readDestroyed(sql, [...files]));
  const ids = new Set(known.map(({ id }) => id));
  const unknownKeys = [...files].filter((id) => !ids.has(id));
  const keys = [
    ...known.map((key) => ({ ...key, isInRing: files.has(key.id) })),
    ...unknownKeys.map((id) => ({
      id,
      since: null,
      credentials: 0,
      isInRing: true,
      state: stateOf(destroyed.has(id)),
    })),
  ].sort((one, other) => (one.id < other.id ? -1 : 1));
  const isNeeded = ({ state, credentials }: RingKey) => state === 'current' || credentials > 0;
  const lost = keys.filter((key) => isNeeded(key) && !key.isInRing).length;
  return { keys, destroyed: await countDestroyed(sql), lost };
}

const stateOf = (isDestroyed: boolean): RingKey['state'] => (isDestroyed ? 'destroyed' : 'unknown');

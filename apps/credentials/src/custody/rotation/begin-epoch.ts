import { v7 as uuidv7 } from 'uuid';
import { type KeyRing } from '#envelope';
import { type Database } from '#postgres';
import { deleteKey, makeCurrent, prepareKey } from '../../persistence/keys.js';

/**
 * Makes a key and makes it current. In this order: row, file, current. A process killed
 * in between leaves a prepared key that wraps nothing, and the previous key current.
 * @param previous the key that is current, if any
 * @returns the new key, or undefined when somebody else began an epoch at the same time
 */
export async function beginEpoch(
  database: Database,
  ring: KeyRing,
  previous: string | undefined,
): Promise<string | undefined> {
  const id = uuidv7();
  await prepareKey(database, id);
  await ring.create(id);
  // A key that cannot be read back must not become current.
  await ring.read(id);
  if (await makeCurrent(database, id, previous)) return id;
  await deleteKey(database, id);
  return undefined;
}

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { replaceDurably } from '#private-files';
import { type PublicKeySet, type PublicSigningKey, SigningKeyError, unionOfKeys } from './keys.js';

const fileIn = (directory: string): string => join(directory, 'receipt-keys.json');

/**
 * What was published in this directory, oldest first.
 * @throws SigningKeyError where the file is no set of keys: it must not pass for empty
 */
export function readPublishedKeys(directory: string): readonly PublicSigningKey[] {
  const file = fileIn(directory);
  if (!existsSync(file)) return [];
  try {
    const { keys } = JSON.parse(readFileSync(file, 'utf8')) as { readonly keys: unknown };
    if (Array.isArray(keys)) return keys as PublicKeySet['keys'];
  } catch {
    // Said below.
  }
  throw new SigningKeyError(
    `${file} is no set of public keys. ` +
      'Restore it, or move it away: what the database has is written again.',
  );
}

/**
 * Adds public keys of all hosts to those that stand beside this host's private ones: for
 * verification on this machine, and so that a restored database takes none away. After a
 * restore the file may be the only copy.
 */
export async function addPublishedKeys(
  directory: string,
  keys: readonly PublicSigningKey[],
): Promise<void> {
  const before = readPublishedKeys(directory);
  const all = unionOfKeys(before, keys);
  if (all.length > before.length)
    await replaceDurably(fileIn(directory), `${JSON.stringify({ keys: all }, null, 2)}\n`, {
      mode: 0o644,
    });
}

import { readEnvironment } from '#config';
import { type PublicSigningKey, readPublishedKeys } from '#signing';
import { readSigningKeysDir } from '../custody/key-ring-place.js';

/**
 * The public keys that the service has published on this host, for a command
 * that works without them too.
 */
export function savedKeys(): readonly PublicSigningKey[] {
  const directory = readEnvironment(process.env, (read) => {
    const keyring = read.optional('KEYRING_DIR');
    return keyring === undefined && read.optional('SIGNING_KEYS_DIR') === undefined
      ? undefined
      : readSigningKeysDir(read, keyring);
  });
  return directory === undefined ? [] : readPublishedKeys(directory);
}

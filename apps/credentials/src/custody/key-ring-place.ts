import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { type EnvironmentReader, readSecureUrls } from '#config';
import {
  DirectoryKeyRing,
  type KeyRing,
  KeyRingError,
  KeyRingOutage,
  KvKeyRing,
  type KvSettings,
} from '#envelope';
import { retry, type RetryOptions } from '#waiting';

/** Which key ring there is, and where. */
export type KeyRingPlace = { readonly directory: string } | { readonly kv: KvSettings };

/**
 * One of `KEYRING_DIR` and `KEYRING_VAULT_URL`; both would leave
 * open which one holds the keys.
 */
export function readKeyRingPlace(read: EnvironmentReader): KeyRingPlace {
  const directory = read.optional('KEYRING_DIR');
  if (read.optional('KEYRING_VAULT_URL') === undefined)
    return {
      directory:
        directory ??
        read.fault(
          'KEYRING_DIR',
          'is missing (or KEYRING_VAULT_URL, for a ring of several hosts)',
          '',
        ),
    };
  if (directory !== undefined)
    read.fault('KEYRING_DIR', 'must not be set beside KEYRING_VAULT_URL', undefined);
  return { kv: readKvSettings(read) };
}

/**
 * The private signing keys are each host's own, and in no ring.
 * @param keyRingDir in a folder of which they are by default
 */
export const readSigningKeysDir = (
  read: EnvironmentReader,
  keyRingDir: string | undefined,
): string =>
  read.text(
    'SIGNING_KEYS_DIR',
    keyRingDir === undefined ? {} : { default: join(keyRingDir, 'signing') },
  );

function readKvSettings(read: EnvironmentReader): KvSettings {
  const [url = new URL('https://unset.invalid'), another] = readSecureUrls(
    read,
    'KEYRING_VAULT_URL',
  );
  if (another !== undefined || url.search !== '' || url.username !== '')
    read.fault('KEYRING_VAULT_URL', 'must be one URL, without a user or a query', undefined);
  return {
    url,
    mount: readPath(read, 'KEYRING_VAULT_MOUNT', 'secret'),
    path: readPath(read, 'KEYRING_VAULT_PATH', 'private-credentials/keys'),
    token: read.renewedSecret('KEYRING_VAULT_TOKEN'),
  };
}

function readPath(read: EnvironmentReader, variable: string, standard: string): string {
  const path = read.text(variable, { default: standard });
  const isPath = path.split('/').every((name) => /^[\w-][\w.-]*$/.test(name));
  return isPath
    ? path
    : read.fault(
        variable,
        'must be names of letters, digits, _ . and -, with / between them',
        standard,
      );
}

/**
 * The only place that chooses the provider of the ring. Its errors name the
 * variables, not their values.
 * @throws KeyRingError when the ring cannot be trusted.
 * @throws KeyRingOutage when it cannot be read; at once if access is denied
 */
export const openKeyRing = (
  place: KeyRingPlace,
  wait: Omit<RetryOptions, 'isTransient'> = atOnce,
): Promise<KeyRing> => retry(() => openNow(place), { ...wait, isTransient });

const isTransient = (failure: unknown): boolean =>
  failure instanceof KeyRingOutage && failure.code !== 'forbidden';

/** An operator waits at a terminal, and can ask again. */
const atOnce = { timeoutMs: 0, onWait: () => undefined };

async function openNow(place: KeyRingPlace): Promise<KeyRing> {
  try {
    return await ('directory' in place
      ? DirectoryKeyRing.open(place.directory)
      : KvKeyRing.open(place.kv));
  } catch (error) {
    if (error instanceof KeyRingError)
      throw new KeyRingError(error.code, inVariables(error, place));
    if (error instanceof KeyRingOutage)
      throw new KeyRingOutage(error.code, inVariables(error, place));
    throw error;
  }
}

/**
 * What the library says, which knows no variables, in those that an operator has set:
 * first the one that it is about, then in place of each value, as a shell would read it
 * (`chmod 700 $KEYRING_DIR`).
 */
function inVariables({ code, message }: KeyRingError | KeyRingOutage, place: KeyRingPlace): string {
  if ('directory' in place) {
    const { directory } = place;
    const paths = [resolved(directory), directory];
    return `KEYRING_DIR: ${withoutValues(message, paths, '$KEYRING_DIR')}`;
  }
  const subject = code === 'forbidden' ? 'KEYRING_VAULT_TOKEN' : 'KEYRING_VAULT_URL';
  return `${subject}: ${withoutValues(message, [place.kv.url.origin], '$KEYRING_VAULT_URL')}`;
}

const withoutValues = (message: string, values: readonly string[], name: string): string =>
  values.reduce((text, value) => text.replaceAll(value, () => name), message);

function resolved(directory: string): string {
  try {
    return realpathSync(directory);
  } catch {
    return directory;
  }
}

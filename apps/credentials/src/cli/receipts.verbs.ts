import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError, printable, verb } from '#command-line';
import { type EnvironmentReader, readEnvironment } from '#config';
import { type PublicKeySet, SigningKeyDirectory, StatementError } from '#signing';
import { readSigningKeysDir } from '../custody/key-ring-place.js';
import { withDatabase } from './with-database.js';
import { SigningKeys } from '../receipts/signing-keys.js';
import { receiptsIn, type Verdict, verifyReceipt } from '../receipts/verify-receipts.js';

/** What `npm run receipts --` does. */
export const receiptsVerbs = {
  'receipts verify': verb({
    summary:
      'Verifies the destruction receipts in a file, offline: a JWS, an item of GET ' +
      '…/destruction-receipts, or a page of them.',
    operands: { usage: 'FILE', min: 1, max: 1 },
    options: {
      keys: {
        type: 'string',
        summary:
          'the public keys (/.well-known/receipt-keys.json, saved); default: as this host ' +
          'saved them',
      },
    },
    run: async ({ operands: [file = ''], values: { keys: keysFile }, print }) => {
      const keys = readKeys(keysFile ?? savedKeysFile());
      const receipts = asCommandErrors(() => receiptsIn(readFileSync(file, 'utf8')));
      let bad = 0;
      for (const jws of receipts) {
        const verdict = await verifyReceipt(jws, keys);
        print(printable(describe(verdict)));
        if (!verdict.ok) bad += 1;
      }
      if (bad > 0)
        throw new CommandError(`${bad} of ${receipts.length} receipts are not to be believed`);
      if (receipts.length === 0) throw new CommandError('there is no receipt in the file');
    },
  }),
  'receipts rotate': verb({
    summary:
      'Signs with a new key on this host from now on. The old private key is deleted; what it ' +
      'signed stays verifiable.',
    run: async ({ print }) => {
      const directory = openSigningKeys();
      const { kid } = await withDatabase('receipts', (database) =>
        new SigningKeys(database, directory).rotate(),
      );
      print(`key ${kid} signs from now on`);
    },
  }),
};

function describe(verdict: Verdict): string {
  if (!verdict.ok) return `NOT VALID: ${verdict.reason}`;
  const { jti, sub, destroyedAt, reason, credentials, copies } = verdict.statement;
  return (
    `valid: receipt ${jti}: ticket ${sub}: ` +
    `${credentials.count} destroyed at ${destroyedAt} (${reason}); ` +
    `copies in backups unrecoverable by ${copies.unrecoverableBy}; ` +
    `signed by key ${verdict.kid}`
  );
}

const signingKeysDir = (read: EnvironmentReader): string =>
  readSigningKeysDir(read, read.optional('KEYRING_DIR'));

/**
 * The keys that the service of this host signs with: if it has made none yet,
 * there is nothing to rotate.
 */
function openSigningKeys(): SigningKeyDirectory {
  const path = readEnvironment(process.env, signingKeysDir);
  if (!existsSync(path))
    throw new CommandError(
      `there is no directory ${path}; the service makes it, and its first key`,
    );
  const directory = new SigningKeyDirectory(path);
  directory.requireOwner();
  return directory;
}

const savedKeysFile = (): string =>
  readEnvironment(process.env, (read) => join(signingKeysDir(read), 'receipt-keys.json'));

function readKeys(file: string): PublicKeySet {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as PublicKeySet;
  } catch {
    throw new CommandError(
      `the public keys cannot be read from ${file}; ` +
        'save /.well-known/receipt-keys.json and name it with --keys',
    );
  }
}

function asCommandErrors<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw error instanceof StatementError ? new CommandError(error.message) : error;
  }
}

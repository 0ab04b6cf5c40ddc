import { existsSync, readFileSync } from 'node:fs';
import { CommandError, printable, UsageError, verb } from '#command-line';
import { readEnvironment } from '#config';
import { type Database, readDatabaseUrl, withConnection } from '#postgres';
import { type PublicKeySet, unionOfKeys } from '#signing';
import { savedKeys } from './saved-keys.js';
import { readPublicKeys } from '../persistence/signing-keys.js';
import { withDatabase } from './with-database.js';
import { eraseNames } from '../audit/erase-names.js';
import { pruneLog } from '../audit/prune-log.js';
import { type ChainFault } from '../audit/verify-chain.js';
import { verifyCheckpoints } from '../audit/verify-checkpoints.js';
import { verifyLog } from '../audit/verify-log.js';

/** What `npm run audit --` does. */
export const auditVerbs = {
  'audit verify': verb({
    summary:
      'Walks the access log of every ticket and names the first entry of each that was edited, ' +
      'deleted, moved or cut off.',
    options: {
      checkpoints: {
        type: 'string',
        summary:
          'a copy of the checkpoints that was kept elsewhere; default: AUDIT_CHECKPOINT_FILE, ' +
          'if set',
      },
      keys: {
        type: 'string',
        summary:
          'public keys that were kept elsewhere; default: those of the database, and those ' +
          'that this host has published',
      },
    },
    run: async ({ values: { checkpoints, keys: keysFile }, print }) => {
      const kept =
        checkpoints === undefined
          ? ownLines(process.env['AUDIT_CHECKPOINT_FILE'], print)
          : linesOf(checkpoints);
      const keys =
        keysFile === undefined
          ? undefined
          : (JSON.parse(readFileSync(keysFile, 'utf8')) as PublicKeySet);
      const { log, signed } = await verify(kept, keys);
      const faults = [...log.faults.map(formatFault), ...signed.faults];
      for (const fault of faults) print(printable(fault));
      if (faults.length > 0) throw new CommandError('the access log is not as it was written');
      print(
        `${log.entries} entries of ${log.chains} tickets are as they were written; ` +
          `${signed.checkpoints} checkpoints agree`,
      );
    },
  }),
  'audit erase': verb({
    summary:
      'Erases the name of a person, by the sub of their tokens. The log stays verifiable: its ' +
      'hashes cover the sub alone.',
    operands: { usage: 'SUB', min: 1, max: 1 },
    run: async ({ operands: [personId = ''], print }) => {
      print(`${await asOwner((database) => eraseNames(database, personId))} names erased`);
    },
  }),
  'audit prune': verb({
    summary:
      'Deletes entries older than so many days, of tickets under which nothing is stored, up ' +
      'to a signed checkpoint.',
    options: { days: { type: 'string', summary: 'how many; needed' } },
    run: async ({ values: { days = '' }, print }) => {
      if (!/^[1-9]\d{0,4}$/.test(days))
        throw new UsageError('--days is missing, or no whole number from 1 on');
      const { chains, entries, faults } = await asOwner((database) =>
        pruneLog(database, Number(days)),
      );
      for (const fault of faults) print(printable(formatFault(fault)));
      print(`${entries} entries of ${chains} tickets deleted`);
      if (faults.length > 0)
        throw new CommandError(
          'nothing was deleted of a ticket whose log is not as it was written',
        );
    },
  }),
};

/** For work that the service's own role is not allowed to do. */
function asOwner<T>(work: (database: Database) => Promise<T>): Promise<T> {
  const url = readEnvironment(process.env, (read) =>
    readDatabaseUrl(read, 'CREDENTIALS_MIGRATION_DATABASE_URL'),
  );
  return withConnection({ url, applicationName: 'audit' }, work);
}

/** Reads one snapshot, while the service goes on writing. */
const verify = (kept: readonly string[], keys: PublicKeySet | undefined) =>
  withDatabase('audit', (database) =>
    database.transaction('REPEATABLE READ', async (tx) => ({
      log: await verifyLog(tx),
      signed: await verifyCheckpoints(
        tx,
        keys ?? { keys: unionOfKeys(savedKeys(), await readPublicKeys(tx)) },
        kept,
      ),
    })),
  );

/**
 * The file that the service writes; it exists from the first checkpoint on. If it is
 * missing later, that must be reported.
 */
function ownLines(file: string | undefined, print: (line: string) => void): string[] {
  if (!file) return [];
  if (existsSync(file)) return linesOf(file);
  print(
    printable(`AUDIT_CHECKPOINT_FILE: there is no ${file}, so nothing that was kept was compared`),
  );
  return [];
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n').filter(Boolean);
  } catch (error) {
    throw new CommandError(
      `the checkpoints that were kept cannot be read: ${(error as Error).message}`,
    );
  }
}

const meaning = {
  missing: 'is missing',
  changed: 'was changed or moved',
  'not written by us': 'was not written by the service',
};

const formatFault = ({ ticketId, seq, fault }: ChainFault): string =>
  `ticket ${ticketId}: entry ${seq} ${meaning[fault]}`;

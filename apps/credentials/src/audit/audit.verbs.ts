import { readFileSync } from 'node:fs';
import { CommandError, printable, verb } from '#command-line';
import { readEnvironment } from '#config';
import { connect } from '#postgres';
import { type PublicKeySet } from '#signing';
import { readPublicKeys } from '../persistence/signing-keys.js';
import { type ChainFault } from './verify-chain.js';
import { verifyCheckpoints } from './verify-checkpoints.js';
import { verifyLog } from './verify-log.js';

/** What `npm run audit --` does. */
export const auditVerbs = {
  'audit verify': verb({
    summary: 'Walks the access log of every ticket and names the first entry of each that was edited, deleted, moved or cut off.',
    options: {
      checkpoints: { type: 'string', summary: 'AUDIT_CHECKPOINT_FILE, or a copy of it that was kept elsewhere' },
      keys: { type: 'string', summary: 'public keys that were kept elsewhere; default: those of the database' },
    },
    run: async ({ values: { checkpoints: keptFile, keys: keysFile }, print }) => {
      const kept = keptFile === undefined ? [] : linesOf(keptFile);
      const keys = keysFile === undefined ? undefined : (JSON.parse(readFileSync(keysFile, 'utf8')) as PublicKeySet);
      const { log, signed } = await verify(kept, keys);
      const faults = [...log.faults.map(inWords), ...signed.faults];
      for (const fault of faults) print(printable(fault));
      if (faults.length > 0) throw new CommandError('the access log is not as it was written');
      print(`${log.entries} entries of ${log.chains} tickets are as they were written; ${signed.checkpoints} checkpoints agree`);
    },
  }),
};

/** All of it at one moment, while the service goes on writing. */
async function verify(kept: readonly string[], keys: PublicKeySet | undefined) {
  const url = readEnvironment(process.env, (read) => read.secretUrl('CREDENTIALS_DATABASE_URL', ['postgres:', 'postgresql:']));
  const database = await connect({ url, applicationName: 'audit', poolSize: 1, statementTimeout: 0 });
  try {
    return await database.transaction('REPEATABLE READ', async (tx) => ({
      log: await verifyLog(tx),
      signed: await verifyCheckpoints(tx, keys ?? { keys: await readPublicKeys(tx) }, kept),
    }));
  } finally {
    await database.destroy();
  }
}

const linesOf = (file: string): string[] => readFileSync(file, 'utf8').split('\n').filter(Boolean);

const inWords = ({ ticketId, seq, fault }: ChainFault): string =>
  `ticket ${ticketId}: entry ${seq} ${fault === 'not written by us' ? 'was not written by the service' : fault === 'missing' ? 'is missing' : 'was changed or moved'}`;

import { CommandError, printable, table, verb } from '#command-line';
import { readEnvironment } from '#config';
import { connect, readDatabaseUrl } from '#postgres';
import { checkCredentials, type CheckFault } from '../custody/check-credentials.js';
import { Custody } from '../custody/custody.js';
import { type CredentialPlace } from '../persistence/wrapped-keys.js';
import { describeRing } from '../custody/describe-ring.js';
import { openKeyRing, readKeyRingPlace } from '../custody/key-ring-place.js';

/**
 * What `npm run keys --` does. Each works beside the running service and its rotation.
 */
export const keysVerbs = {
  'keys rotate': verb({
    summary:
      'Begins an epoch now: a new key, every data key wrapped with it, the keys before it ' +
      'destroyed.',
    run: ({ print }) =>
      withCustody(async ({ rotation }) => {
        const { began, rewrapped, destroyed, unwrappable } = await rotation.turn(0);
        print(
          began === undefined
            ? 'another rotation began an epoch at the same time'
            : `key ${began} is current`,
        );
        print(
          `${rewrapped} data keys were wrapped anew; destroyed: ${destroyed.join(', ') || 'none'}`,
        );
        for (const place of unwrappable)
          print(`${formatPlace(place)}: its data key does not unwrap, so its key stays`);
        if (unwrappable.length > 0) throw new CommandError('not every key could be destroyed');
      }),
  }),
  'keys show': verb({
    summary:
      'Shows the keys of the ring: since when, how many credentials each wraps, and whether it ' +
      'is there. Never a key.',
    run: ({ print }) =>
      withCustody(async ({ ring }, database) => {
        const { keys, destroyed, lost } = await describeRing(database, ring);
        const lines = keys.map(({ id, state, since, credentials, isInRing }) => [
          ...[id, state, since?.toISOString() ?? '', String(credentials)],
          isInRing ? 'yes' : 'NO',
        ]);
        print(table(['key', 'state', 'current since', 'credentials', 'in ring'], lines));
        print(`${destroyed} keys were destroyed so far`);
        if (lost > 0)
          throw new CommandError(`${lost} keys are lost: what they wrap must be asked for anew`);
      }),
  }),
  'keys check': verb({
    summary: 'Checks that every live credential opens. Shows nothing of any.',
    run: ({ print }) =>
      withCustody(async ({ vault }, database) => {
        let faults = 0;
        const opened = await checkCredentials(database, vault, (fault) => {
          faults += 1;
          print(printable(`${formatPlace(fault)}: ${reasons[fault.reason]} ${fault.kekId}`));
        });
        print(`${opened} live credentials open`);
        if (faults > 0) throw new CommandError(`${faults} do not`);
      }),
  }),
};

const reasons: Record<CheckFault['reason'], string> = {
  'no-key': 'the ring does not give its key',
  sealed: 'it does not open with its key',
};

const formatPlace = ({ ticketId, id }: CredentialPlace): string =>
  printable(`ticket ${ticketId}, credential ${id}`);

async function withCustody(
  use: (custody: Custody, database: Awaited<ReturnType<typeof connect>>) => Promise<void>,
): Promise<void> {
  const { url, place } = readEnvironment(process.env, (read) => ({
    url: readDatabaseUrl(read, 'CREDENTIALS_DATABASE_URL'),
    place: readKeyRingPlace(read),
  }));
  const database = await connect({
    url,
    applicationName: 'keys',
    poolSize: 2,
    statementTimeout: 0,
  });
  try {
    await use(new Custody(database, await openKeyRing(place)), database);
  } finally {
    await database.destroy();
  }
}

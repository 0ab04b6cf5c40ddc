import { verb } from '#command-line';
import { readEnvironment } from '#config';
import { readDatabaseUrl, withConnection } from '#postgres';
import { eraseNames } from '../persistence/erase-names.js';

/** What `npm run tickets -- erase` does. */
export const eraseVerbs = {
  erase: verb({
    summary:
      'Erases the name of a person from tickets and replies, by the sub of their tokens, which ' +
      'stays.',
    operands: { usage: 'SUB', min: 1, max: 1 },
    run: async ({ operands: [personId = ''], print }) => {
      const url = readEnvironment(process.env, (read) =>
        readDatabaseUrl(read, 'TICKETS_MIGRATION_DATABASE_URL'),
      );
      const erased = await withConnection({ url, applicationName: 'erase' }, (database) =>
        eraseNames(database, personId),
      );
      print(`${erased} names erased`);
    },
  }),
};

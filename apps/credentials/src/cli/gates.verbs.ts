import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { verb } from '#command-line';
import { gatesFile } from '#contracts';
import { gateRecords } from '../persistence/gate-records.js';
import { withDatabase } from './with-database.js';

/** What `npm run credentials -- gates` does. */
export const gatesVerbs = {
  gates: verb({
    summary:
      'Writes what the gates remember of their tickets into a file (- is the standard output), ' +
      'for `tickets lift` after a restore. No secret is in it.',
    operands: { usage: 'FILE', min: 1, max: 1 },
    run: async ({ operands: [file = ''], warn }) => {
      let lines = 0;
      await withDatabase('gates', (database) =>
        pipeline(
          gatesFile(gateRecords(database)),
          async function* (gates) {
            for await (const gate of gates) {
              lines += 1;
              yield `${gate}\n`;
            }
          },
          // It holds ids of people.
          file === '-' ? process.stdout : createWriteStream(file, { mode: 0o600 }),
        ),
      );
      warn(`${lines - 1} gates written`);
    },
  }),
};

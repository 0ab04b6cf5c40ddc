import { type DataSource } from 'typeorm';
import { CommandError, printable, verb } from '#command-line';
import { readEnvironment } from '#config';
import { readDatabaseUrl, UnitOfWork, withConnection } from '#postgres';
import {
  countDoubted,
  type DoubtedTicket,
  findDoubted,
  listDoubted,
} from '../persistence/doubts.js';
import { entities, migrations } from '../persistence/schema.js';
import { settleDoubt } from '../commands/settle-doubt.js';

/** Lines that `doubts` prints of tickets. */
const most = 1000;

/**
 * What `npm run tickets -- doubts` and `settle` do. When to settle is in docs/runbook.md.
 */
export const doubtVerbs = {
  doubts: verb({
    summary:
      'Lists the tickets of other homes that are in doubt, since their home said something ' +
      'that was not understood.',
    run: ({ print }) =>
      withDatabase('doubts', async (database) => {
        const found = await listDoubted(database, most);
        for (const one of found) print(printable(formatDoubt(one)));
        if (found.length === most)
          print(
            `${await countDoubted(database)} tickets are in doubt; ` +
              'these are the ones that have been for the longest',
          );
        if (found.length > 0)
          throw new CommandError(
            'while they are in doubt, nothing is revealed under them; docs/runbook.md says ' +
              'what to do',
          );
        print('no ticket is in doubt');
      }),
  }),
  settle: verb({
    summary:
      'Ends the doubt about tickets that have not ended at their home: what is known of them ' +
      'is right.',
    operands: { usage: 'TICKET…', min: 1 },
    options: {
      yes: { type: 'boolean', summary: 'do it; without this it only says what would be settled' },
    },
    run: ({ operands, values: { yes = false }, print }) =>
      withDatabase('settle', async (database) => {
        const unitOfWork = new UnitOfWork(database);
        for (const ticketId of new Set(operands)) {
          const line = yes
            ? settledInWords(ticketId, await settleDoubt(unitOfWork, ticketId))
            : foundInWords(ticketId, await findDoubted(database, ticketId));
          print(printable(line));
        }
        if (!yes)
          throw new CommandError(
            'nothing was settled; add --yes to reveal again what is shared under those that ' +
              'are in doubt',
          );
      }),
  }),
};

const settledInWords = (
  ticketId: string,
  ticket: Awaited<ReturnType<typeof settleDoubt>>,
): string =>
  ticket === undefined
    ? notInDoubt(ticketId)
    : `ticket ${ticketId}: settled as ${ticket.status}, version ${ticket.version}`;

const foundInWords = (ticketId: string, found: DoubtedTicket | undefined): string =>
  found ? formatDoubt(found) : notInDoubt(ticketId);

const notInDoubt = (ticketId: string): string => `ticket ${ticketId}: not in doubt`;

const formatDoubt = ({ ticketId, home, heardAt, eventId, reason }: DoubtedTicket): string =>
  `ticket ${ticketId}: in doubt since ${heardAt.toISOString()} ` +
  `by event ${eventId ?? '(without an id)'} of ${home}: ${reason}`;

function withDatabase(
  applicationName: string,
  work: (database: DataSource) => Promise<void>,
): Promise<void> {
  const url = readEnvironment(process.env, (read) => readDatabaseUrl(read, 'TICKETS_DATABASE_URL'));
  return withConnection({ url, applicationName, entities, migrations }, work);
}

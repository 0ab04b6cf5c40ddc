import { type DataSource } from 'typeorm';
import { CommandError, printable, verb } from '#command-line';
import { readEnvironment } from '#config';
import { readDatabaseUrl, UnitOfWork, withConnection } from '#postgres';
import { type DoubtedTicket, listDoubted } from '../../persistence/doubts.js';
import { entities, migrations } from '../../persistence/schema.js';
import { settleDoubt } from './settle-doubt.js';

const most = 1000;

/** What `npm run tickets -- doubts` and `settle` do. When to settle is in docs/runbook.md. */
export const doubtVerbs = {
  doubts: verb({
    summary: 'Lists the tickets of other homes that are in doubt, since their home said something that was not understood.',
    run: ({ print }) =>
      withDatabase('doubts', async (database) => {
        const found = await listDoubted(database, most);
        for (const one of found) print(printable(inWords(one)));
        if (found.length > 0)
          throw new CommandError('while they are in doubt, nothing is revealed under them; docs/runbook.md says what to do');
        print('no ticket is in doubt');
      }),
  }),
  settle: verb({
    summary: 'Ends the doubt about tickets that have not ended at their home: what is known of them is right.',
    operands: { usage: 'TICKET…', min: 1 },
    options: { yes: { type: 'boolean', summary: 'do it; without this it only says what would be settled' } },
    run: ({ operands, values: { yes = false }, print }) =>
      withDatabase('settle', async (database) => {
        const doubted = new Map((await listDoubted(database, most)).map((one) => [one.ticketId, one]));
        const unitOfWork = new UnitOfWork(database);
        for (const ticketId of new Set(operands)) {
          const one = doubted.get(ticketId);
          if (!yes) print(printable(one ? inWords(one) : `ticket ${ticketId}: not in doubt`));
          else print(printable(`ticket ${ticketId}: ${outcome(await settleDoubt(unitOfWork, ticketId))}`));
        }
        if (!yes) throw new CommandError('nothing was settled; add --yes to reveal again what is shared under those that are in doubt');
      }),
  }),
};

const outcome = (ticket: Awaited<ReturnType<typeof settleDoubt>>): string =>
  ticket === undefined ? 'not in doubt' : `settled as ${ticket.status}, version ${ticket.version}`;

const inWords = ({ ticketId, home, heardAt, eventId, reason }: DoubtedTicket): string =>
  `ticket ${ticketId}: in doubt since ${heardAt.toISOString()} by event ${eventId ?? '(without an id)'} of ${home}: ${reason}`;

function withDatabase(applicationName: string, work: (database: DataSource) => Promise<void>): Promise<void> {
  const url = readEnvironment(process.env, (read) => readDatabaseUrl(read, 'TICKETS_DATABASE_URL'));
  return withConnection({ url, applicationName, entities, migrations }, work);
}

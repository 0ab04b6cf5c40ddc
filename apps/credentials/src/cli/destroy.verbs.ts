import { v7 as uuidv7 } from 'uuid';
import { CommandError, printable, verb } from '#command-line';
import { UnitOfWork } from '#postgres';
import { countStored } from '../persistence/stored-credentials.js';
import { withDatabase } from './with-database.js';
import { userOfMachine } from './user-of-machine.js';
import { type Order } from '../commands/destroy-on-order.js';
import { destroyTicket } from '../commands/destroy-ticket-on-order.js';

/** What `npm run credentials -- destroy` does. */
export const destroyVerbs = {
  destroy: verb({
    summary:
      'Destroys all credentials of the tickets, with receipt, log entry and event, whatever is ' +
      'known of the tickets. For good.',
    operands: { usage: 'TICKET…', min: 1 },
    options: {
      yes: { type: 'boolean', summary: 'do it; without this it only says what there is' },
      by: {
        type: 'string',
        summary: 'who does it, for the access log; default: the user of this machine',
      },
    },
    run: ({ operands, values: { yes = false, by }, print }) =>
      withDatabase('destroy', async (database) => {
        const tickets = [...new Set(operands)];
        if (!yes) {
          for (const ticketId of tickets)
            print(
              printable(
                `ticket ${ticketId}: ${await countStored(database, ticketId)} live credentials`,
              ),
            );
          throw new CommandError('nothing was destroyed; add --yes to destroy all of them');
        }
        const [unitOfWork, order] = [
          new UnitOfWork(database),
          { operator: by ?? userOfMachine(), id: uuidv7() },
        ];
        const failed: string[] = [];
        for (const ticketId of tickets) {
          const outcome = await formatResult(unitOfWork, ticketId, order, () =>
            failed.push(ticketId),
          );
          print(printable(`ticket ${ticketId}: ${outcome}`));
        }
        if (failed.length > 0)
          throw new CommandError(`of ${failed.length} tickets nothing was destroyed`);
      }),
  }),
};

/**
 * Destroys the credentials of one ticket. A failure does not stop the others.
 * @returns the result in words
 */
async function formatResult(
  unitOfWork: UnitOfWork,
  ticketId: string,
  order: Order,
  failed: () => unknown,
): Promise<string> {
  try {
    const destroyed = await destroyTicket(unitOfWork, ticketId, order);
    if (destroyed !== undefined)
      return destroyed.length === 0 ? 'nothing is stored' : `destroyed ${destroyed.join(', ')}`;
    failed();
    return 'nothing was ever shared under it';
  } catch (error) {
    failed();
    return `NOT destroyed: ${error instanceof Error ? error.message : 'unknown'}`;
  }
}

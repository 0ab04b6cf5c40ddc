import { v7 as uuidv7 } from 'uuid';
import { CommandError, printable, verb } from '#command-line';
import { UnitOfWork } from '#postgres';
import { type Order } from '../commands/destroy-on-order.js';
import { userOfMachine } from './user-of-machine.js';
import { type StoredPlace } from '../persistence/stored-credentials.js';
import { keptEvents } from './kept-events.js';
import { destroyAgain, endDoubt } from './reconcile-restore.js';
import { isAllKnown, inspectRestored, type Restored } from './restored.js';
import { restoredText } from './restored-text.js';
import { besideService } from './beside-service.js';

/** What `npm run credentials -- reconcile-restore` does. */
export const reconcileRestoreVerbs = {
  'reconcile-restore': verb({
    summary:
      'After a restore of the database of credentials: destroys again what was destroyed ' +
      'before, and ends the doubt.',
    options: {
      yes: { type: 'boolean', summary: 'do it; without this it only says what is known' },
      all: {
        type: 'boolean',
        summary:
          'destroy everything that is stored, where nobody can say what was destroyed before',
      },
      known: {
        type: 'boolean',
        summary: 'destroy only what is known to have been destroyed, though it may have been more',
      },
      events: {
        type: 'string',
        summary:
          'events of credential.events that somebody else has kept: a file with a JSON ' +
          'document on each line',
      },
      by: {
        type: 'string',
        summary: 'who does it, for the access log; default: the user of this machine',
      },
    },
    run: ({ values: { yes = false, all = false, known = false, events, by }, print }) =>
      besideService(async (parts) => {
        const { database } = parts;
        const restored = await inspectRestored(parts);
        const kept =
          events === undefined
            ? undefined
            : await keptEvents(events, new Set(restored.stored.map(({ id }) => id)));
        for (const line of await restoredText(database, restored, kept)) print(printable(line));
        const toDestroy = all ? restored.stored : destroyedBefore(restored, kept);
        if (!yes)
          throw new CommandError(
            `nothing was changed; --yes destroys ${toDestroy.length} of them again`,
          );
        if (!all && !known && kept === undefined && !isAllKnown(restored))
          throw new CommandError(undecided);
        const order = { operator: by ?? userOfMachine(), id: uuidv7() };
        const destroyed = await destroyEach(new UnitOfWork(database), toDestroy, order);
        print(`${destroyed} credentials were destroyed again`);
        await endDoubt(parts, restored);
        print('the doubt has ended');
      }),
  }),
};

const undecided =
  'nothing was changed, since more may have been destroyed than is known: name --events FILE, ' +
  'or choose --all (destroys everything) or --known';

function destroyedBefore(
  { stored, owed, knownToTickets, unopenable }: Restored,
  kept?: ReadonlySet<string>,
): StoredPlace[] {
  const known = [owed, knownToTickets, kept, new Set(unopenable.map(({ id }) => id))];
  return stored.filter(({ id }) => known.some((ids) => ids?.has(id)));
}

/**
 * @returns how many.
 * @throws at the first that cannot be destroyed: the doubt stays, and
 *   the command may be repeated
 */
async function destroyEach(
  unitOfWork: UnitOfWork,
  credentials: readonly StoredPlace[],
  order: Order,
): Promise<number> {
  const byTicket = new Map<string, string[]>();
  for (const { ticketId, id } of credentials)
    byTicket.set(ticketId, [...(byTicket.get(ticketId) ?? []), id]);
  let destroyed = 0;
  for (const [ticketId, ids] of byTicket)
    destroyed += (await destroyAgain(unitOfWork, ticketId, ids, order)).length;
  return destroyed;
}

import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { CommandError, printable, UsageError, verb } from '#command-line';
import { readEnvironment } from '#config';
import { type GateRecord, parseGatesFile } from '#contracts';
import { readClock, readDatabaseUrl, type Sql, withConnection } from '#postgres';
import { margin, type Source } from '../domain/lift.js';
import { type Ticket } from '../domain/ticket.js';
import { entities, migrations } from '../persistence/schema.js';
import { type Lifted, liftTickets, type Restore } from '../commands/lift-tickets.js';

/**
 * What `npm run tickets -- lift` does. The procedure for a restore is docs/runbook.md.
 */
export const liftVerbs = {
  lift: verb({
    summary:
      'After a restore of this database: lifts each ticket to what its gate remembers of it, ' +
      'by a file (- is the standard input) that `credentials gates` wrote.',
    operands: { usage: 'FILE', min: 1, max: 1 },
    options: {
      'restored-at': {
        type: 'string',
        summary:
          'when the restored database was first used, by its own clock (RFC 3339), rather too ' +
          'early than too late',
      },
      ticket: {
        type: 'string',
        multiple: true,
        summary: 'only this one; may be said again for more',
      },
      take: {
        type: 'string',
        summary:
          'for the tickets that are named, in the place of --restored-at: gate, as it ' +
          'remembers them; or ticket, as they are now',
      },
      yes: { type: 'boolean', summary: 'do it; without this it only says what it would do' },
    },
    run: async ({
      operands: [file = ''],
      values: { 'restored-at': time, ticket: only, take, yes = false },
      print,
    }) => {
      const tally = { lifted: 0, decide: 0 };
      const trust = take === undefined ? readTime(time) : readSource(take, only);
      await eachOf(file, only, { trust, commit: yes }, (one) => {
        if (needsDecision(one)) tally.decide += 1;
        else if (typeof one.lift !== 'string') tally.lifted += 1;
        const words = formatLift(one);
        if (words !== undefined) print(printable(words));
      });
      print(
        `${tally.lifted} tickets ${yes ? 'were' : 'would be'} lifted; ` +
          `${tally.decide} are for a person to decide`,
      );
      if (!yes && tally.lifted > 0)
        throw new CommandError('nothing was changed; add --yes to lift them');
      if (tally.decide > 0)
        throw new CommandError('not everything could be lifted; docs/runbook.md says what to do');
    },
  }),
};

function eachOf(
  file: string,
  only: readonly string[] | undefined,
  restore: Restore,
  take: (one: Lifted) => void,
): Promise<void> {
  const url = readEnvironment(process.env, (read) => readDatabaseUrl(read, 'TICKETS_DATABASE_URL'));
  return withConnection(
    { url, applicationName: 'lift', entities, migrations },
    async (database) => {
      if (restore.trust instanceof Date) await requirePast(database, restore.trust);
      const lines = file === '-' ? createInterface(process.stdin) : (await open(file)).readLines();
      for await (const one of liftTickets(database, chosen(parseGatesFile(lines), only), restore))
        take(one);
    },
  );
}

async function* chosen(
  gates: AsyncIterable<GateRecord>,
  only: readonly string[] | undefined,
): AsyncGenerator<GateRecord> {
  for await (const gate of gates)
    if (only === undefined || only.includes(gate.ticketId)) yield gate;
}

function readTime(text: string | undefined): Date {
  const time = new Date(text ?? '');
  if (
    text === undefined ||
    !/^\d{4}-\d\d-\d\dT.*(?:Z|[+-]\d\d:\d\d)$/.test(text) ||
    Number.isNaN(time.getTime())
  )
    throw new UsageError(
      '--restored-at is missing, or no time with its zone, such as 2026-01-31T09:00:00Z',
    );
  return time;
}

async function requirePast(database: Sql, time: Date): Promise<void> {
  const now = await readClock(database);
  if (time > now)
    throw new UsageError(
      `--restored-at is still to come: by the database's clock it is ${now.toISOString()}`,
    );
}

function readSource(text: string, only: readonly string[] | undefined): Source {
  if (text !== 'gate' && text !== 'ticket')
    throw new UsageError('--take is neither gate nor ticket');
  if (only === undefined)
    throw new UsageError(
      '--take is for tickets that are named by --ticket, each decided by a person',
    );
  return text;
}

/** A lost ticket without credentials needs no action here. */
const needsDecision = ({ gate, lift }: Lifted): boolean =>
  lift === 'undecided' || (lift === 'lost' && gate.credentials > 0);

function formatLift({ gate, ticket, lift }: Lifted): string | undefined {
  const name = `ticket ${gate.ticketId}`;
  const stored = `${gate.credentials} live credentials`;
  if (lift === 'lost')
    return gate.credentials > 0
      ? `${name}: LOST, this database does not know it; ${stored}`
      : undefined;
  if (lift === 'undecided')
    return (
      `${name}: UNDECIDED, ${whereIs(ticket)}, ` +
      `changed since the restore or within ${margin} s of it; ` +
      `its gate remembers ${place(gate)}; ${stored}`
    );
  return typeof lift === 'string'
    ? undefined
    : `${name}: ${whereIs(ticket)} -> ${whereIs(lift.ticket)}`;
}

const whereIs = (ticket: Ticket | undefined): string =>
  ticket ? place({ ...ticket, assigneeId: ticket.assignee?.id ?? null }) : '';

const place = ({
  version,
  phase,
  status,
  assigneeId,
}: Pick<GateRecord, 'version' | 'phase' | 'status' | 'assigneeId'>): string =>
  `version ${version}, phase ${phase}, ${status}, assigned to ${assigneeId ?? 'nobody'}`;

import { describe, expect } from '@jest/globals';
import { waitUntilPasses } from '../../support/wait-for.js';
import { valueOf } from '../../support/metrics.js';
import { HostClocks } from '../harness/host-clocks.js';
import { type Ledger } from '../harness/ledger.js';
import { type Replica } from '../harness/replica.js';
import { scenarios } from '../harness/scenario.js';
import { Traffic } from '../harness/traffic.js';
import { type World } from '../harness/world.js';

const clocks = new HostClocks();
const names = ['tickets-1', 'credentials-1', 'gateway-1'] as const;
type Name = (typeof names)[number];
type Offsets = Partial<Record<Name, number>>;

/** Minutes. */
const [within, beyond] = [3, 6];
const env = { AUTH_CLOCK_TOLERANCE_SECONDS: '240', STANDING_LEASE_SECONDS: '1' };

const set = (offsets: Offsets): void => {
  for (const name of names) clocks.set(name, offsets[name] ?? 0);
};

const replicaOf = ({ tickets, credentials, gateways }: World, name: string): Replica => {
  const found = [...tickets, ...credentials, ...gateways].find((replica) => replica.name === name);
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found;
};

async function readiness({ url }: Replica): Promise<unknown> {
  const answer = await fetch(`${url}/readyz`);
  return [
    answer.status,
    ((await answer.json()) as { checks: Record<string, string> }).checks['clock'],
  ];
}

/**
 * A process may read its clock's file a moment late.
 * @param seconds ahead, give or take some
 */
const expectOffset = ({ url }: Replica, seconds: number): Promise<unknown> =>
  waitUntilPasses(async () => {
    expect(
      valueOf(await (await fetch(`${url}/metrics`)).text(), 'clock_offset_seconds'),
    ).toBeCloseTo(seconds, -1.5);
  });

/**
 * Its clock is seen to be off, and is not off by too much. A gateway that agrees with a
 * service behind it is believed.
 */
async function expectReadyThough(replica: Replica, offsets: Offsets): Promise<void> {
  const [minutes = 0, ...others] = [
    replica.name,
    ...names.filter((name) => name !== 'gateway-1'),
  ].map((name) => offsets[name as Name] ?? 0);
  const believed = replica.name === 'gateway-1' && others.includes(minutes);
  await expectOffset(replica, believed ? 0 : 60 * minutes);
  expect(await readiness(replica)).toEqual([200, 'ok']);
}

/**
 * Everything that was written since has a time between then and
 * now, by the database's clock.
 */
async function expectRightTimes({ databases }: World, since: Date): Promise<void> {
  const written = [
    [databases.tickets, 'ticket', 'updated_at', 'greatest(created_at, updated_at)'],
    [databases.credentials, 'access_log', 'at', 'at'],
    [databases.credentials, 'destruction_receipt', 'destroyed_at', 'destroyed_at'],
  ] as const;
  for (const [database, table, earliest, latest] of written)
    expect(
      await database.query(
        `SELECT 1 FROM ${table} WHERE ${earliest} < $1 OR ${latest} > clock_timestamp()`,
        [since],
      ),
    ).toEqual([]);
}

/**
 * An end that no event tells is felt when the lease is over, and
 * nothing is revealed after it.
 */
async function endUnheard({ tickets: [tickets] }: World, ledger: Ledger): Promise<void> {
  const ticket = await ledger.share();
  expect(await ledger.reveal(ticket)).toMatchObject({ status: 200 });
  tickets.lines.broker.down();
  expect(await ledger.turn(ticket, 'resolved')).toMatchObject({ status: 200 });
  await waitUntilPasses(async () => {
    expect(await ledger.reveal(ticket)).toMatchObject({
      status: 409,
      body: { code: 'ticket-ended' },
    });
  });
  tickets.lines.broker.restore();
}

describe('hosts whose clocks are minutes off', () => {
  const scenario = scenarios({ env, envOf: (name) => clocks.envOf(name) });

  scenario(
    'within the tolerance everything works, in turn, together, and while clocks are set; times are right, ends and leases hold',
    {
      done: 'the clocks of tickets, credentials and gateway set 3 minutes ahead and behind under load, in turn and together',
      timeout: 420_000,
      play: async ({ world, ledger }) => {
        const [row] = await world.databases.tickets.query<{ now: Date }>(
          'SELECT clock_timestamp() AS now',
        );
        const turns: Offsets[] = [
          ...names.flatMap((name) => [{ [name]: within }, { [name]: -within }]),
          { 'tickets-1': within, 'credentials-1': -within, 'gateway-1': within },
          { 'tickets-1': within, 'credentials-1': within, 'gateway-1': within },
          { 'tickets-1': -within, 'credentials-1': -within, 'gateway-1': -within },
        ];
        const traffic = new Traffic(ledger, 2);
        try {
          for (const offsets of turns) {
            set(offsets);
            for (const name of names) await expectReadyThough(replicaOf(world, name), offsets);
            await traffic.goesOn(12);
            await endUnheard(world, ledger);
          }
        } finally {
          await traffic.stop();
        }
        await expectRightTimes(world, row!.now);
        set({});
        expect(ledger.unclear).toEqual([]);
      },
    },
  );

  scenario(
    'beyond it, each says that its clock is off and judges no token; nothing is lost, and it recovers when the clock is right',
    {
      done: 'the clocks of tickets, credentials and gateway set 6 minutes ahead and behind, in turn',
      timeout: 420_000,
      play: async ({ world, ledger }) => {
        const ticket = await ledger.share();
        for (const [name, minutes] of names.flatMap((one) => [
          [one, beyond] as const,
          [one, -beyond] as const,
        ])) {
          const replica = replicaOf(world, name);
          set({ [name]: minutes });
          await expectOffset(replica, 60 * minutes);
          expect(await readiness(replica)).toEqual([503, 'failed']);
          expect(await ledger.submit(ticket)).toMatchObject({ status: 503 });
          set({});
          await expectOffset(replica, 0);
          expect(await readiness(replica)).toEqual([200, 'ok']);
          await waitUntilPasses(async () => {
            expect(await ledger.reveal(ticket)).toMatchObject({ status: 200 });
          });
        }
        expect(await ledger.turn(ticket, 'resolved')).toMatchObject({ status: 200 });
        expect(ledger.unclear).toEqual([]);
      },
    },
  );
});

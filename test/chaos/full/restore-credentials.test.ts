import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from '@jest/globals';
import { decodeJwt } from 'jose';
import { type Testimony } from '../../../apps/credentials/src/restore/witnesses.js';
import { valueOf } from '../../support/metrics.js';
import { waitFor, waitUntilPasses } from '../../support/wait-for.js';
import { type OwnDatabase } from '../harness/database.js';
import { runCommand } from '../harness/command.js';
import { type KnownTicket, type Ledger } from '../harness/ledger.js';
import { scenarios } from '../harness/scenario.js';
import { type World } from '../harness/world.js';

const unknown = { status: 503, body: { code: 'standing-unknown' } };
const shown = (...numbers: number[]) => ({
  status: 200,
  body: { items: numbers.map((number) => ({ number })) },
});

const doubt = async ({ databases }: World) =>
  (
    await databases.credentials.query<{ doubt: string | null }>('SELECT doubt FROM database_mark')
  )[0]?.doubt;
const inDoubt = async ({ credentials }: World) =>
  Promise.all(
    credentials.map(async ({ url }) =>
      valueOf(await (await fetch(`${url}/metrics`)).text(), 'database_in_doubt'),
    ),
  );
const each = async (world: World, act: 'start' | 'stop') => {
  for (const replica of world.credentials) await replica[act]();
};

/** The database of `credentials` as it is now. */
async function backup(world: World, name: string): Promise<OwnDatabase> {
  await each(world, 'stop');
  const copy = await world.databases.credentials.copy(`backup_${name}`);
  await each(world, 'start');
  return copy;
}

/** @returns what the command printed, also where it refused */
function reconcile({ databases, tickets, servers }: World, ...args: string[]): Promise<string> {
  const env = {
    CREDENTIALS_DATABASE_URL: databases.credentials.urls.service,
    TICKETS_URL: tickets[0].url,
    KEYRING_DIR: servers.paths.keyring,
    AUTH_MODE: 'dev',
    AUTH_DEV_KEY_FILE: servers.paths.devKey,
  };
  return runCommand('credentials', ['reconcile-restore', ...args], env).catch(
    (error: unknown) => (error as { stdout: string }).stdout,
  );
}

/**
 * The customer takes back what was shared.
 * @returns the id of the credential, which `tickets` will remember as destroyed
 */
async function withdraw(ledger: Ledger, ticket: KnownTicket): Promise<string> {
  const credential = ledger.credentials.find(({ ticketId }) => ticketId === ticket.id);
  expect(await ledger.withdraw(ticket, credential?.id ?? '')).toMatchObject({ status: 204 });
  return credential?.id ?? '';
}

const receiptsOf = ({ databases }: World, { id }: KnownTicket) =>
  databases.credentials.query(
    'SELECT reason FROM destruction_receipt WHERE ticket_id = $1 ORDER BY id',
    [id],
  );
const isRemembered = ({ databases }: World, id: string) =>
  waitFor(
    async () =>
      (await databases.tickets.query('SELECT 1 FROM destroyed_credential WHERE id = $1', [id]))
        .length === 1,
  );

/**
 * A later mark on this host knows of all destructions, published or not, so that
 * `reconcile-restore` need not ask what else there was.
 */
async function nextMark({ servers }: World): Promise<void> {
  const mark = () =>
    decodeJwt<Testimony>(
      readFileSync(join(servers.paths.keyring, 'signing/database-mark.jws'), 'utf8').trim(),
    );
  const { beat } = mark();
  await waitFor(() => mark().beat > beat + 1);
}

/**
 * Of everything that happened since the backup: a withdrawal, an end, a credential more.
 */
async function goOn(world: World, ledger: Ledger, name: string) {
  const [withdrawn, ended, live] = [
    await ledger.share(),
    await ledger.share(),
    await ledger.share(),
  ];
  const copy = await backup(world, name);
  const id = await withdraw(ledger, withdrawn);
  expect(await ledger.turn(ended, 'resolved')).toMatchObject({ status: 200 });
  await waitFor(async () => (await world.live(ended)) === 0);
  await isRemembered(world, id);
  await nextMark(world);
  return { withdrawn, ended, live, copy };
}

describe('credentials whose database is not what it was', () => {
  const scenario = scenarios({
    replicas: 2,
    env: { RECONCILE_SECONDS: '1', STANDING_LEASE_SECONDS: '1' },
  });

  for (const [how, done] of [
    [
      'running',
      'the database of credentials restored under both replicas, from before a withdrawal and an end; then reconciled',
    ],
    [
      'stopped',
      'the database of credentials restored while both replicas were stopped; then reconciled',
    ],
  ] as const)
    scenario(
      `a backup of an hour ago, while the service is ${how}: ` +
        'nothing withdrawn is revealed, and the runbook destroys it again',
      {
        done,
        timeout: 600_000,
        play: async ({ world, ledger }) => {
          const { withdrawn, ended, live, copy } = await goOn(world, ledger, how);
          if (how === 'stopped') await each(world, 'stop');
          await world.databases.credentials.restore(copy);
          if (how === 'stopped') await each(world, 'start');
          for (let times = 0; times < 4; times += 1)
            for (const ticket of [withdrawn, live])
              await waitUntilPasses(async () => {
                expect(await ledger.reveal(ticket)).toMatchObject(unknown);
              });
          expect(await doubt(world)).toBe('behind');
          expect(await inDoubt(world)).toEqual([1, 1]);
          // tickets says that it has ended, which is not in doubt.
          await waitFor(async () => (await world.live(ended)) === 0);
          expect([await world.live(withdrawn), await world.live(live)]).toEqual([1, 1]);

          expect(await reconcile(world)).toMatch(
            /^1 of them were destroyed before, as far as tickets has heard$/m,
          );
          expect(await reconcile(world, '--yes')).toContain(
            '1 credentials were destroyed again\nthe doubt has ended',
          );
          await waitUntilPasses(async () => {
            for (let times = 0; times < 2; times += 1)
              expect(await ledger.reveal(live)).toMatchObject(shown(1));
          });
          expect(await ledger.reveal(withdrawn)).toMatchObject(shown());
          expect(await receiptsOf(world, withdrawn)).toEqual([{ reason: 'restored' }]);
          expect(await inDoubt(world)).toEqual([0, 0]);
        },
      },
    );

  scenario('a standby that has everything takes over: nobody is needed', {
    done: 'the database of credentials replaced by a copy that lacks nothing, on a server that was started again',
    timeout: 600_000,
    play: async ({ world, ledger }) => {
      const [withdrawn, live] = [await ledger.share(), await ledger.share()];
      await withdraw(ledger, withdrawn);
      await each(world, 'stop');
      const copy = await world.databases.credentials.copy('standby');
      await world.databases.credentials.restore(copy);
      await world.databases.credentials.server.stop();
      await world.databases.credentials.server.start();
      await each(world, 'start');
      expect(await ledger.reveal(live)).toMatchObject(shown(1));
      expect(await ledger.reveal(withdrawn)).toMatchObject(shown());
      await world.databases.credentials.server.kill();
      await world.databases.credentials.server.start();
      await waitUntilPasses(async () => {
        expect(await ledger.reveal(live)).toMatchObject(shown(1));
      });
      expect(await doubt(world)).toBeNull();
    },
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rmSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import pg from 'pg';
import { waitFor } from '../support/wait-for.js';
import { Launcher, isRunning, makeFolder, pidsOf } from './launcher.js';

/**
 * The tests tell one story, in this order: each begins with what the one before has left.
 */
describe('a stack on its own servers, in a path with spaces', () => {
  const folder = makeFolder('a stack with spaces ');
  let launcher: Launcher;

  beforeAll(async () => {
    launcher = Launcher.start(folder);
    await launcher.up();
  }, 120_000);

  afterAll(async () => {
    launcher.signal('SIGTERM');
    await launcher.end();
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  const ask = async (statement: string): Promise<unknown[]> => {
    const client = new pg.Client({ connectionString: launcher.read().databaseUrls.tickets });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(statement)).rows;
    } finally {
      await client.end();
    }
  };

  it('says where everything is, in a file that only we may read', async () => {
    const description = launcher.read();
    expect(statSync(launcher.stackFile).mode & 0o777).toBe(0o600);
    expect(Object.keys(description.pids).sort()).toEqual([
      'credentials',
      'epmd',
      'gateway',
      'postgres',
      'rabbitmq',
      'tickets',
    ]);
    expect(pidsOf(description).every(isRunning)).toBe(true);
    expect((await fetch(description.gatewayUrl)).status).toBe(200);
  });

  it('gives each service the passwords it needs and no others', async () => {
    const { ticketsUrl, databaseUrls } = launcher.read();
    const seen = await (await fetch(`${ticketsUrl}/environment`)).text();
    expect(seen).toContain('TICKETS_DATABASE_URL');
    for (const foreign of [
      'CREDENTIALS_DATABASE_URL',
      'MIGRATION_DATABASE_URL',
      'amqp://operator',
      databaseUrls.tickets,
    ])
      expect(seen).not.toContain(foreign);
  });

  it('keeps a restricted role out of the database of the other service', async () => {
    const { ticketsUrl, databaseUrls } = launcher.read();
    const { TICKETS_DATABASE_URL } = (await (await fetch(`${ticketsUrl}/environment`)).json()) as {
      TICKETS_DATABASE_URL: string;
    };
    for (const database of [
      new URL(databaseUrls.credentials).pathname,
      '/postgres',
      '/template1',
    ]) {
      const url = new URL(TICKETS_DATABASE_URL);
      url.pathname = database;
      await expect(new pg.Client({ connectionString: url.href }).connect()).rejects.toThrow(
        /permission denied/,
      );
    }
  });

  it.each(['tickets', 'gateway', 'rabbitmq', 'postgres', 'epmd'])(
    'starts %s again when it is killed, and says so',
    async (name) => {
      const [before = 0] = launcher.read().pids[name] ?? [];
      process.kill(before, 'SIGKILL');
      await waitFor(() => {
        const [now] = launcher.read().pids[name] ?? [];
        return now !== undefined && now !== before && isRunning(now);
      }, 30_000);
      expect(launcher.text).toContain(`${name} ended (signal SIGKILL); starting it again`);
    },
  );

  it('gives a server that was started again its old place', async () => {
    const { rabbitmqUrl } = launcher.read();
    await waitFor(() => canConnect(Number(new URL(rabbitmqUrl).port)), 30_000);
    await waitFor(async () => (await ask('SELECT 1').catch(() => [])).length === 1, 30_000);
  }, 60_000);

  it('refuses to start a second time in the same folder', async () => {
    const second = Launcher.start(folder);
    expect(await second.end()).toBe(1);
    expect(second.text).toContain('It is running here already');
    expect(pidsOf(launcher.read()).every(isRunning)).toBe(true);
  });

  it('stops what a launcher that was killed has left, and keeps the data', async () => {
    await ask('CREATE TABLE kept (x int)');
    const left = pidsOf(launcher.read());
    launcher.signal('SIGKILL');
    await launcher.end();
    launcher = Launcher.start(folder);
    await launcher.up();
    expect(launcher.text).toMatch(/Stopped what the last run left behind: .*postgres/);
    expect(left.filter(isRunning)).toEqual([]);
    expect(await ask("SELECT relname FROM pg_class WHERE relname = 'kept'")).toHaveLength(1);
  }, 120_000);

  it('stops everything on Ctrl-C, the services first, and leaves nothing', async () => {
    const all = pidsOf(launcher.read());
    launcher.signal('SIGINT');
    expect(await launcher.end()).toBe(0);
    expect(all.filter(isRunning)).toEqual([]);
    expect(launcher.isDescribed).toBe(false);
    expect(launcher.text.match(/stopped in good order/g)).toHaveLength(3);
  }, 60_000);
});

function canConnect(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
}

import { afterEach, describe, expect, it } from '@jest/globals';
import { testVariable } from '../support/database.js';
import { waitFor } from '../support/wait-for.js';
import { Launcher, isRunning, makeFolder, pidsOf } from './launcher.js';

const names = [
  'TICKETS_DATABASE_URL',
  'TICKETS_MIGRATION_DATABASE_URL',
  'CREDENTIALS_DATABASE_URL',
  'CREDENTIALS_MIGRATION_DATABASE_URL',
  'RABBITMQ_URL',
];
const given = () => Object.fromEntries(names.map((name) => [name, testVariable(`TEST_${name}`)]));

describe('a stack on given servers', () => {
  const started: Launcher[] = [];
  const start = (env: NodeJS.ProcessEnv): Launcher => {
    const launcher = Launcher.start(makeFolder('stack-'), env);
    started.push(launcher);
    return launcher;
  };

  afterEach(async () => {
    for (const launcher of started.splice(0)) {
      launcher.signal('SIGTERM');
      await launcher.end();
    }
  });

  it('starts no server of its own', async () => {
    const { pids, rabbitmqUrl } = await start(given()).up();
    expect(Object.keys(pids).sort()).toEqual(['credentials', 'gateway', 'tickets']);
    expect(rabbitmqUrl).toBe(testVariable('TEST_RABBITMQ_URL'));
  });

  it('names the databases that are missing when only some are given', async () => {
    const { TICKETS_DATABASE_URL } = given();
    const launcher = start({ TICKETS_DATABASE_URL });
    expect(await launcher.end()).toBe(1);
    for (const name of names.slice(1, 4)) expect(launcher.text).toContain(name);
  });

  it('runs as many of each service as it is told to, gateways on consecutive ports', async () => {
    const launcher = start({ ...given(), REPLICAS_TICKETS: '2', REPLICAS_GATEWAY: '2' });
    const { pids, gatewayUrl, credentialsUrl } = await launcher.up();
    expect(
      [pids['tickets'], pids['credentials'], pids['gateway']].map((some) => some?.length),
    ).toEqual([2, 1, 2]);
    const second = new URL(gatewayUrl);
    second.port = String(Number(second.port) + 1);
    expect((await fetch(second)).status).toBe(200);
    const { TICKETS_URL } = (await (await fetch(`${credentialsUrl}/environment`)).json()) as {
      TICKETS_URL: string;
    };
    expect(TICKETS_URL.split(',')).toHaveLength(2);
  });

  it('takes another port for the gateway only when none was asked for', async () => {
    const first = await start(given()).up();
    const taken = new URL(first.gatewayUrl).port;
    const refused = start({ ...given(), GATEWAY_PORT: taken });
    expect(await refused.end()).toBe(1);
    expect(refused.text).toContain(`Port ${taken} is taken`);
    const second = await start(given()).up();
    expect(second.gatewayUrl).not.toBe(first.gatewayUrl);
  });

  it('gives up on a service that never gets ready, and leaves nothing running', async () => {
    const launcher = start({ ...given(), STAND_IN_CRASH: 'the reason it cannot start' });
    expect(await launcher.end()).toBe(1);
    expect(launcher.text).toContain('does not start. Its last lines:');
    expect(launcher.text).toContain('the reason it cannot start');
    expect(launcher.isDescribed).toBe(false);
  });

  it('shows the last lines of a migration that fails', async () => {
    const launcher = start({ ...given(), STAND_IN_MIGRATION: 'fails' });
    expect(await launcher.end()).toBe(1);
    expect(launcher.text).toMatch(/migrate-(tickets|credentials) failed \(exit code 1\)/);
    expect(launcher.text).toContain('no such thing');
  });

  it('stops what has started when it is interrupted before everything is up', async () => {
    const launcher = start({ ...given(), STAND_IN_STATUS: '503' });
    await waitFor(() => launcher.text.includes('listening'));
    launcher.signal('SIGTERM');
    expect(await launcher.end()).toBe(0);
    expect(launcher.isDescribed).toBe(false);
  });

  it('hurries when it is asked twice', async () => {
    const launcher = start(given());
    const pids = pidsOf(await launcher.up());
    for (const pid of pids) process.kill(pid, 'SIGSTOP');
    launcher.signal('SIGINT');
    await waitFor(() => launcher.text.includes('Stopping'));
    const impatient = setInterval(() => {
      launcher.signal('SIGINT');
    }, 100);
    expect(await launcher.end()).toBe(0);
    clearInterval(impatient);
    expect(pids.filter(isRunning)).toEqual([]);
  });
});

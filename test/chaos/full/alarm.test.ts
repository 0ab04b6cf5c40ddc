import { describe, expect } from '@jest/globals';
import { exchanges, queues } from '#contracts';
import { deadQueue } from '#messaging';
import { within } from '#waiting';
import { valueOf } from '../../support/metrics.js';
import { waitFor } from '../../support/wait-for.js';
import { runCommand } from '../harness/command.js';
import { type Replica } from '../harness/replica.js';
import { scenarios } from '../harness/scenario.js';
import { Traffic } from '../harness/traffic.js';

const queue = queues.credentialsTicketEvents;
/** In milliseconds; an operator waits no longer for an error. */
const seconds = 30_000;

/** As impatient as a balancer's probe. */
const ask = (replica: Replica, path: string) =>
  fetch(`${replica.url}${path}`, { signal: AbortSignal.timeout(1_000) });

interface Said {
  readonly status: string;
  /** Of what it warns of, where there is anything. */
  readonly reasons?: Readonly<Record<string, string>>;
}

const readiness = async (replica: Replica): Promise<Said> =>
  (await ask(replica, '/readyz')).json() as Promise<Said>;

describe('the broker is there, and of no use', () => {
  const scenario = scenarios();

  scenario(
    'in alarm: work goes on, it is told what is wrong, nothing waits for it, and everything is told when it is over',
    {
      done: 'the broker out of memory (an alarm) under load, and an operator at work meanwhile',
      deadLetters: 3,
      timeout: 300_000,
      play: async ({ world, ledger }) => {
        const services = [...world.tickets, ...world.credentials];
        const [credentials] = world.credentials;
        const setAside = async () =>
          valueOf(await (await ask(credentials, '/metrics')).text(), 'dead_letters', { queue });
        await world.broker.at(async (broker) => {
          for (const messageId of ['m-1', 'm-2', 'm-3'])
            await broker.publish(exchanges.ticket, 'ticket.status.changed', '?', { messageId });
        });
        await waitFor(async () => (await setAside()) === 3);
        const traffic = new Traffic(ledger);
        await traffic.goesOn(20);
        await world.broker.alarm();
        await traffic.goesOn(40);
        for (const service of services)
          await waitFor(async () => (await readiness(service)).reasons?.['broker'] === 'blocked');
        expect(valueOf(await (await ask(credentials, '/metrics')).text(), 'broker_blocked')).toBe(
          1,
        );
        expect(await readiness(credentials)).toMatchObject({
          status: 'ready',
          reasons: { 'dead-letters': expect.stringContaining('counted') },
        });
        const operator = { RABBITMQ_URL: world.broker.urls.operator };
        await expect(
          within(seconds, runCommand('dead-letters', ['replay', '--all'], operator)),
        ).rejects.toThrow('the broker takes no messages for now');
        expect(await runCommand('dead-letters', ['list'], operator)).toContain(deadQueue(queue));
        await traffic.goesOn(40);
        await world.broker.calm();
        await traffic.goesOn(40);
        await traffic.stop();
        expect(ledger.doubtful).toBe(0);
        for (const service of services)
          await waitFor(async () => (await readiness(service)).reasons?.['broker'] === undefined);
      },
    },
  );

  scenario(
    'frozen: probes and scrapes are answered at once and truly, and everything is told when it goes on',
    {
      done: 'the broker SIGSTOPped under load, and thawed',
      play: async ({ world, ledger }) => {
        const everybody = [...world.tickets, ...world.credentials, ...world.gateways];
        const traffic = new Traffic(ledger);
        await traffic.goesOn(20);
        world.broker.freeze();
        for (const service of everybody) {
          await waitFor(async () => (await readiness(service)).reasons?.['broker'] === 'down');
          await (await ask(service, '/metrics')).text();
        }
        await traffic.goesOn(40);
        world.broker.thaw();
        await traffic.stop();
        expect(ledger.doubtful).toBe(0);
        for (const service of everybody)
          await waitFor(async () => (await readiness(service)).reasons?.['broker'] === undefined);
      },
    },
  );
});

import { describe, expect } from '@jest/globals';
import { queues } from '#contracts';
import { deadQueue } from '#messaging';
import { waitFor } from '../../support/wait-for.js';
import { OwnBroker } from '../harness/broker.js';
import { runCommand } from '../harness/command.js';
import { scenariosOn } from '../harness/scenario.js';

const queue = queues.credentialsTicketEvents;

/**
 * The broker closes a channel (406) whose delivery is not acknowledged within two
 * seconds, which it checks twice a second.
 */
const impatient = '[{rabbit, [{consumer_timeout, 2000}, {channel_tick_interval, 500}]}].';

describe('the consumer', () => {
  const scenario = scenariosOn((...place) => OwnBroker.start(...place, impatient));

  scenario(
    'whose channel the broker closed under a handler that took too long: the event comes again on a new channel',
    {
      done: 'a handler held for longer than the consumer timeout (channel error 406)',
      play: async ({ world, ledger }) => {
        const ticket = await ledger.share();
        const step = await world.databases.credentials.breakAt({
          table: 'credential',
          on: 'DELETE',
        });
        await ledger.turn(ticket, 'resolved');
        await step.reached();
        // The second delivery, while the first is still at work.
        await waitFor(async () => {
          const waiting = await world.databases.credentials.query(
            "SELECT 1 FROM pg_locks WHERE NOT granted AND locktype <> 'advisory'",
          );
          return waiting.length > 0;
        });
        await step.lift();
      },
    },
  );

  scenario(
    'whose queue is there with other arguments (406): it goes on as soon as that one is gone',
    {
      done: 'the queue deleted and declared as another kind, for a while',
      play: async ({ world, ledger }) => {
        const [credentials] = world.credentials;
        const ticket = await ledger.share();
        credentials.freeze();
        await world.broker.at((broker) =>
          broker.act(async (channel) => {
            await channel.deleteQueue(queue);
            await channel.assertQueue(queue, { durable: true });
          }),
        );
        credentials.thaw();
        await ledger.turn(ticket, 'resolved');
        await waitFor(async () => {
          const [owed] = await world.databases.tickets.query<{ attempts: number }>(
            'SELECT attempts FROM outbox',
          );
          return (owed?.attempts ?? 0) > 2;
        });
        expect(await world.live(ticket)).toBe(1);
        await world.broker.at((broker) => broker.deleteQueues(queue));
      },
    },
  );

  scenario(
    'killed by the same event again and again: the event is set aside, those behind it go on, and it can be replayed',
    {
      done: 'SIGKILL of credentials at every delivery of one event, until it was set aside and replayed',
      timeout: 600_000,
      play: async ({ world, ledger }) => {
        const [credentials] = world.credentials;
        const [poison, other] = [await ledger.share(), await ledger.share()];
        const when = `OLD.ticket_id = '${poison.id}'`;
        const step = await world.databases.credentials.breakAt({
          table: 'credential',
          on: 'DELETE',
          when,
        });
        await ledger.turn(poison, 'resolved');
        const setAside = async () => (await world.broker.depth(deadQueue(queue))) > 0;
        for (let kills = 0; !(await setAside()); kills += 1) {
          expect(kills).toBeLessThan(25);
          await waitFor(async () => (await step.isReached()) || (await setAside()));
          await credentials.kill();
          await step.dismiss();
          await credentials.start();
          if (kills === 0) await ledger.turn(other, 'resolved');
        }
        await waitFor(async () => (await world.live(other)) === 0);
        expect(await world.live(poison)).toBe(1);
        await step.lift();
        expect(
          await runCommand('dead-letters', ['replay', '--all'], {
            RABBITMQ_URL: world.broker.urls.operator,
          }),
        ).toContain(poison.id);
      },
    },
  );
});

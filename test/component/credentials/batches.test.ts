import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { RestoreWatch } from '../../../apps/credentials/src/restore/restore-watch.js';
import { Stage, type Ticket } from './batches.fixture.js';
import { newTicket } from './harness.js';
import { hold, waitersFor } from './held.js';
import { letBatchesBeSlow, together } from './slow-batches.fixture.js';

const stage = new Stage();
beforeAll(() => letBatchesBeSlow(stage));

const transactionsOf = async (tickets: readonly Ticket[], action: string) =>
  new Set(
    (await Promise.all(tickets.map((one) => stage.logOf(one, action)))).flat().map((e) => e.xmin),
  );

/** Counts the transactions in which reveals are tried from now on. */
function countTries(): () => number {
  const reads = jest.spyOn(RestoreWatch.prototype, 'readChecked');
  return () => {
    const { length } = reads.mock.calls;
    reads.mockRestore();
    return length;
  };
}

describe('reveals that arrive together', () => {
  it('are logged in one transaction, each with its own outcome, whatever its neighbours are refused', async () => {
    const [first, second, third] = [
      await stage.shared(),
      await stage.shared(2),
      await stage.shared(),
    ];
    const empty = await stage.shared();
    await stage.service.database.query('DELETE FROM credential WHERE ticket_id = $1', [
      empty.ticketId,
    ]);
    const gone = (await stage.submit(third)).body.id as string;
    // It is still there when the request is let in, and no longer when the batch begins.
    const answers = await together(
      stage,
      () => [
        stage.reveal(first),
        stage.service.call('agent-1', 'POST', `${third.path}/${gone}/reveal`),
        stage.reveal(second),
        stage.reveal(empty),
        stage.reveal(third),
      ],
      () => stage.service.database.query('DELETE FROM credential WHERE id = $1', [gone]),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 404, 200, 200, 200]);
    expect(answers.map(({ body }) => body.items?.length)).toEqual([1, undefined, 2, 0, 1]);
    expect((await transactionsOf([first, second, third, empty], 'reveal')).size).toBe(1);
    await stage.expectSound();
  });

  it('are each tried alone where one of them fails the transaction of all', async () => {
    const [poison, ...others] = [
      await stage.shared(),
      await stage.shared(),
      await stage.shared(),
    ] as const;
    await stage.service.database.query(
      `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql
       AS $$ BEGIN RAISE 'refused'; END $$`,
    );
    await stage.service.database.query(
      `CREATE TRIGGER refuse BEFORE INSERT ON access_log
         FOR EACH ROW WHEN (NEW.ticket_id = '${poison.ticketId}' AND NEW.outcome = 'done')
         EXECUTE FUNCTION refuse()`,
    );
    try {
      const answers = await together(stage, () =>
        [poison, ...others].map((one) => stage.reveal(one)),
      );
      expect(answers.map(({ status }) => status)).toEqual([500, 200, 200]);
      expect(await stage.logOf(poison, 'reveal')).toEqual([]);
      for (const one of others) expect(await stage.logOf(one, 'reveal')).toHaveLength(1);
    } finally {
      await stage.service.database.query('DROP FUNCTION refuse CASCADE');
    }
    await stage.expectSound();
  });

  it('of one ticket are all in its log and all counted, also where they travel together', async () => {
    const ticket = await stage.shared();
    const reasons = ['1', '2', '3', '4', '5', '6'];
    const answers = await together(stage, () =>
      reasons.map((one) => stage.reveal(ticket, stage.service, one)),
    );
    for (const { status } of answers) expect(status).toBe(200);
    const logged = await stage.logOf(ticket, 'reveal');
    expect(logged.map(({ reason }) => reason).sort()).toEqual(reasons);
    const { items } = (await stage.service.call('agent-1', 'GET', ticket.path)).body;
    expect(items).toMatchObject([{ reveals: reasons.length, lastRevealedBy: 'agent-1' }]);
    await stage.expectSound();
  });

  it('wait for no ticket that somebody else holds, but for that of their own', async () => {
    const [held, free] = [await stage.shared(), await stage.shared()];
    const gate = await hold(stage.service, held.ticketId, 'gate');
    const waiting = [stage.reveal(held), stage.reveal(held)];
    await waitersFor(stage.service);
    expect((await stage.reveal(free)).status).toBe(200);
    await gate.letGo();
    for (const { status } of await Promise.all(waiting)) expect(status).toBe(200);
    expect(await stage.logOf(held, 'reveal')).toHaveLength(2);
  });

  it.each(['gate', 'log', 'rows'] as const)(
    'are tried once, in one transaction, though another replica holds the %s of a neighbour',
    async (what) => {
      const [hot, ...others] = [await stage.shared(2), await stage.shared(), await stage.shared()];
      const held = await hold(stage.service, hot.ticketId, what);
      let tries = (): number => 0;
      const answers = together(stage, () => {
        tries = countTries();
        return [hot, ...others].map((one) => stage.reveal(one));
      });
      await waitersFor(stage.service);
      expect((await transactionsOf(others, 'reveal')).size).toBe(1);
      await held.letGo();
      expect((await answers).map(({ status, body }) => [status, body.items?.length])).toEqual([
        [200, 2],
        [200, 1],
        [200, 1],
      ]);
      // That of all, and that of the one that waited.
      expect(tries()).toBe(2);
      await stage.expectSound();
    },
  );

  it('need no second try for a ticket under which there never was anything', async () => {
    const tries = countTries();
    const answer = await stage.reveal(newTicket(stage.service));
    expect([answer.status, answer.body.items]).toEqual([200, []]);
    // Without a gate it asks; with one it is logged.
    expect(tries()).toBe(2);
    await stage.expectSound();
  });
});

it('two replicas that work on the same tickets at once are in nobody’s way, and every chain is whole', async () => {
  const tickets = [
    await stage.shared(),
    await stage.shared(),
    await stage.shared(),
    await stage.shared(),
  ];
  const at = (index: number) => tickets[index % tickets.length] as Ticket;
  const work = Array.from({ length: 40 }, (_, index) => {
    const [replica, ticket] = [
      index % 2 === 0 ? stage.service : stage.second,
      at(index * 7 + (index >> 3)),
    ];
    return index % 5 === 0
      ? stage.submit(ticket, {}, replica).then(({ status }) => status - 1)
      : stage.reveal(ticket, replica).then(({ status }) => status);
  });
  expect(new Set(await Promise.all(work))).toEqual(new Set([200]));
  const entries = await Promise.all(tickets.map((ticket) => stage.logOf(ticket, 'submit')));
  expect(entries.flat()).toHaveLength(tickets.length + 8);
  await stage.expectSound();
});

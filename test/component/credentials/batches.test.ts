import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { RevealBatch } from '../../../apps/credentials/src/commands/reveal-batch.js';
import { waitFor } from '../../support/wait-for.js';
import { Stage, type Ticket } from './batches.fixture.js';
import { hold, waitersFor } from './held.js';

const stage = new Stage();
beforeAll(() => letBatchesBeSlow());

const transactionsOf = async (tickets: readonly Ticket[], action: string) =>
  new Set(
    (await Promise.all(tickets.map((one) => stage.logOf(one, action)))).flat().map((e) => e.xmin),
  );

/** Begins these while a batch of reveals is under way, so that they form the next one. */
async function together<T>(
  begin: () => Promise<T>[],
  meanwhile: () => Promise<unknown> = () => Promise.resolve(),
): Promise<T[]> {
  const { database } = stage.service;
  const busy = await stage.shared();
  await database.query('INSERT INTO slow VALUES ($1)', [busy.ticketId]);
  const revealing = stage.reveal(busy);
  const asleep = `
    SELECT FROM pg_locks
    WHERE locktype = 'advisory'
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
  await waitFor(async () => (await database.query(asleep)).length > 0);
  const arrived = jest.spyOn(RevealBatch.prototype, 'take');
  const begun = begin();
  await waitFor(() => arrived.mock.calls.length === begun.length);
  arrived.mockRestore();
  await meanwhile();
  await database.query('DELETE FROM slow');
  expect((await revealing).status).toBe(200);
  return Promise.all(begun);
}

/** A reveal of a ticket that is named as slow takes as long as it is. */
async function letBatchesBeSlow(): Promise<void> {
  await stage.service.database.query(`
    CREATE TABLE slow (ticket_id text);
    GRANT SELECT ON slow TO PUBLIC;
    CREATE FUNCTION be_slow() RETURNS trigger LANGUAGE plpgsql
    AS $$ BEGIN
      -- Seen by whoever waits until it is slow.
      PERFORM pg_advisory_xact_lock_shared(1);
      WHILE EXISTS (SELECT FROM slow WHERE ticket_id = NEW.ticket_id) LOOP
        PERFORM pg_sleep(0.01);
      END LOOP;
      RETURN NEW;
    END $$;
    CREATE TRIGGER be_slow BEFORE INSERT ON access_log
      FOR EACH ROW WHEN (NEW.action = 'reveal') EXECUTE FUNCTION be_slow()`);
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
      const answers = await together(() => [poison, ...others].map((one) => stage.reveal(one)));
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
    const answers = await together(() =>
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

import { expect, jest } from '@jest/globals';
import { RevealBatch } from '../../../apps/credentials/src/commands/reveal-batch.js';
import { waitFor } from '../../support/wait-for.js';
import { type Stage } from './batches.fixture.js';

/** Begins these while a batch of reveals is under way, so that they form the next one. */
export async function together<T>(
  stage: Stage,
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
export async function letBatchesBeSlow({ service }: Stage): Promise<void> {
  await service.database.query(`
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

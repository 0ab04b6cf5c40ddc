import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { connect } from '#postgres';
import { DestructionReceipts } from '../../../apps/credentials/src/queries/destruction-receipts.js';
import { type CredentialsUnderTest, newTicket, startCredentials } from './harness.js';

let service: CredentialsUnderTest;
beforeAll(async () => {
  service = await startCredentials();
});
afterAll(() => service.stop());

/**
 * A ticket with so many receipts, by hosts whose clocks are two minutes off, either way.
 * @returns how to read them, and their ids, oldest first
 */
async function ticketWith(count: number) {
  const { ticketId } = newTicket(service);
  const ids = Array.from({ length: count }, (_, at) =>
    uuidv7({ msecs: Date.now() + (at % 2 === 0 ? 120_000 : -120_000) }),
  );
  await service.database.query(
    `INSERT INTO destruction_receipt (
       ticket_id, id, destroyed_at, reason, phase,
       credential_ids, kek_ids, chain_seq, chain_hash, jws
     )
     SELECT $1, id, '2026-01-01'::timestamptz + at * interval '1 millisecond', 'expired', 0,
       '{}', '{}', at, '', 'a.b.c'
     FROM unnest($2::uuid[]) WITH ORDINALITY AS one(id, at)`,
    [ticketId, ids],
  );
  const read = async (query = '') =>
    (
      await service.call(
        'customer-1',
        'GET',
        `/v1/tickets/${ticketId}/destruction-receipts${query}`,
      )
    ).body;
  return { ticketId, ids, read };
}

/** How many rows come out of the database for one page. */
async function rowsFor(ticketId: string, page: { readonly limit?: string }): Promise<number> {
  const database = await connect({ url: service.database.serviceUrl });
  let count = 0;
  const query = async <T>(statement: string, parameters?: unknown[]): Promise<T> => {
    const found = await database.query<T>(statement, parameters);
    if (Array.isArray(found)) count += found.length;
    return found;
  };
  await new DestructionReceipts({ query }).list(ticketId, page);
  await database.destroy();
  return count;
}

const idsOf = ({ items }: { items: { id: string }[] }) => items.map(({ id }) => id);
const sizeOf = (answer: unknown) => JSON.stringify(answer).length;

describe('the receipts of a ticket', () => {
  it('come newest first, in pages that miss none and show none twice', async () => {
    const { ids, read } = await ticketWith(45);
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page = await read(cursor && `?cursor=${cursor}`);
      expect(page.items.length).toBeLessThanOrEqual(20);
      seen.push(...idsOf(page));
      cursor = page.nextCursor as string | null;
    }
    expect(seen).toEqual(ids.toReversed());
  });

  it('make an answer no longer, nor more to read for it, however many there are', async () => {
    const [few, many] = [await ticketWith(21), await ticketWith(2000)];
    expect(sizeOf(await many.read())).toBe(sizeOf(await few.read()));
    expect(idsOf(await many.read('?limit=100'))).toEqual(many.ids.slice(-100).toReversed());
    expect([
      await rowsFor(many.ticketId, {}),
      await rowsFor(many.ticketId, { limit: '100' }),
    ]).toEqual([21, 101]);
  });
});

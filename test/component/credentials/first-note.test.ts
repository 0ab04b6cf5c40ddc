import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type DataSource } from 'typeorm';
import { connect } from '#postgres';
import { forgetKeys } from '../../../apps/credentials/src/persistence/first-notes.js';
import { Custody } from '../../../apps/credentials/src/custody/custody.js';
import { openKeyRing } from '../../../apps/credentials/src/custody/key-ring-place.js';
import { checkAll } from '../keys/keys.fixture.js';
import { type CredentialsUnderTest, newTicket, secret, startCredentials } from './harness.js';

let service: CredentialsUnderTest;
/** As the service's own role. */
let sql: DataSource;
beforeAll(async () => {
  service = await startCredentials();
  sql = await connect({ url: service.database.serviceUrl });
});
afterAll(async () => {
  await sql.destroy();
  await service.stop();
});

const key = { 'idempotency-key': 'k' };
const { additionalInformation: first, ...withoutNote } = secret;

/** Shared with or without a note, under a key. */
async function shared(body: object = secret, headers: Record<string, string> = key) {
  const { path, ticketId } = newTicket(service);
  const submit = (again: object) => service.call('customer-1', 'POST', path, again, headers);
  const answer = await submit(body);
  const edit = async (additionalInformation: string | null) => {
    const edited = await service.call(
      'agent-1',
      'PATCH',
      `${path}/${answer.body.id}`,
      { additionalInformation },
      { 'if-match': '*' },
    );
    expect(edited.status).toBe(200);
  };
  const again = async (note?: string) => {
    const { status, body: repeated } = await submit(
      note === undefined ? withoutNote : { ...withoutNote, additionalInformation: note },
    );
    return status === 201 ? repeated : status;
  };
  const kept = async () =>
    (
      await service.database.query<{ is: Buffer | null }>(
        'SELECT first_note AS is FROM credential WHERE ticket_id = $1',
        [ticketId],
      )
    )[0]?.is;
  return { path, ticketId, answer, edit, again, kept };
}

const grow = (hours: number, ticketId: string) =>
  service.database.query(
    `UPDATE idempotency
     SET created_at = created_at - make_interval(hours => $1)
     WHERE ticket_id = $2`,
    [hours, ticketId],
  );

describe('a submission that is repeated after its note was edited', () => {
  it('is answered as the first time with the first note, and is a conflict with any other', async () => {
    const { answer, edit, again } = await shared();
    for (const note of ['edited', 'edited again', null]) {
      await edit(note);
      expect(await again(first)).toEqual(answer.body);
      for (const other of ['edited', 'edited again', 'never there', undefined])
        expect(await again(other)).toBe(422);
    }
  });

  it('is answered as the first time without a note, where there was none at first', async () => {
    const { answer, edit, again } = await shared(withoutNote);
    await edit('added');
    expect(await again()).toEqual(answer.body);
    expect(await again('added')).toBe(422);
  });

  it('is compared without the note where the previous release has edited it, which kept no first note', async () => {
    const { answer, edit, again, ticketId } = await shared();
    await edit('edited');
    await service.database.query('UPDATE credential SET first_note = NULL WHERE ticket_id = $1', [
      ticketId,
    ]);
    expect(await again(first)).toEqual(answer.body);
  });
});

describe('the first note', () => {
  it('is kept only where a key refers to the credential', async () => {
    const [with_, without] = [await shared(), await shared(secret, {})];
    for (const { edit } of [with_, without]) await edit('edited');
    expect([await with_.kept(), await without.kept()]).toEqual([expect.any(Buffer), null]);
  });

  it('is sealed, and opens as the version 1 that it is', async () => {
    const { edit, kept, ticketId } = await shared();
    await edit('edited');
    expect((await kept())?.toString('latin1')).not.toContain(first);
    const { vault } = new Custody(sql, await openKeyRing({ directory: service.keyringDir }));
    expect((await checkAll(sql, vault)).faults).toEqual([]);
    await service.database.query(`UPDATE credential SET first_note = note WHERE ticket_id = $1`, [
      ticketId,
    ]);
    expect((await checkAll(sql, vault)).faults).toEqual([
      expect.objectContaining({ ticketId, reason: 'sealed' }),
    ]);
    await service.database.query('DELETE FROM credential WHERE ticket_id = $1', [ticketId]);
  });

  it('goes with the key that it is kept for, after 24 hours, and not before', async () => {
    const { edit, kept, ticketId } = await shared();
    await edit('edited');
    await grow(23, ticketId);
    await forgetKeys(sql);
    expect(await kept()).toEqual(expect.any(Buffer));
    await grow(2, ticketId);
    await forgetKeys(sql);
    expect(await kept()).toBeNull();
  });

  it('is dropped the next time where its row is locked, and nobody waits for that', async () => {
    const { edit, kept, ticketId } = await shared();
    await edit('edited');
    await grow(25, ticketId);
    const busy = sql.createQueryRunner();
    await busy.startTransaction();
    await busy.query('SELECT FROM credential WHERE ticket_id = $1 FOR UPDATE', [ticketId]);
    await forgetKeys(sql);
    expect(await kept()).toEqual(expect.any(Buffer));
    await busy.rollbackTransaction();
    await busy.release();
    await forgetKeys(sql);
    expect(await kept()).toBeNull();
  });
});

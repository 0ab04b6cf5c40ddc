import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openPart, readFields, readKeyRecord, unwrap } from '../../support/crypto-format.js';
import {
  type CredentialsUnderTest,
  newTicket,
  secret,
  startCredentials,
} from '../credentials/harness.js';

const page = readFileSync('docs/crypto-format.md', 'utf8');

/** The bytes behind a name in the page's test vector, which go on over indented lines. */
function vector(name: string): Buffer {
  const found = new RegExp(`^${name} +((?:[0-9a-f]+\\s+)+)`, 'm').exec(page)?.[1];
  if (found === undefined) throw new Error(`The page has no ${name}.`);
  return Buffer.from(found.replaceAll(/\s/g, ''), 'hex');
}

describe('a second implementation, written from docs/crypto-format.md alone,', () => {
  const context = ['ticket-1', 'credential-1'];

  it('opens what the test vector of the page has sealed', () => {
    expect(unwrap(vector('kek'), vector('wrapped'), [...context, 'kek-1'])).toEqual(
      vector('data key'),
    );
    const fields = openPart(
      vector('data key'),
      { context, part: 'core', version: 1 },
      vector('sealed'),
    );
    expect(fields).toEqual(vector('fields'));
    expect(readFields(fields)).toEqual({
      username: 'ada',
      password: 'p\u00e4ss\ud800',
      link: null,
    });
    expect(readKeyRecord('00000000-0000-7000-8000-000000000000', vector('key file'))).toEqual(
      vector('kek'),
    );
  });

  describe('beside the running service', () => {
    let service: CredentialsUnderTest;
    beforeAll(async () => {
      service = await startCredentials();
    });
    afterAll(() => service.stop());

    it('opens what that has stored, an edited note too, with the key that lies in its ring', async () => {
      const { ticketId, path } = newTicket(service);
      const { body } = await service.call('customer-1', 'POST', path, secret);
      const edit = { additionalInformation: 'port 2222' };
      expect(
        (await service.call('agent-1', 'PATCH', `${path}/${body.id}`, edit, { 'if-match': '"1"' }))
          .status,
      ).toBe(200);
      const [row] = await service.database.query('SELECT * FROM credential WHERE ticket_id = $1', [
        ticketId,
      ]);
      const kek = readKeyRecord(
        row!.kek_id,
        readFileSync(join(service.keyringDir, `${row!.kek_id}.kek`)),
      );
      const dataKey = unwrap(kek, row!.wrapped_key, [ticketId, body.id, row!.kek_id]);
      const place = { context: [ticketId, body.id as string] };
      const { additionalInformation, ...core } = secret;
      expect(
        readFields(openPart(dataKey, { ...place, part: 'core', version: 1 }, row!.core)),
      ).toEqual(core);
      expect(
        readFields(openPart(dataKey, { ...place, part: 'note', version: 2 }, row!.note)),
      ).toEqual(edit);
      expect(() => openPart(dataKey, { ...place, part: 'note', version: 1 }, row!.note)).toThrow();
      expect(additionalInformation).not.toBe(edit.additionalInformation);
    });
  });
});

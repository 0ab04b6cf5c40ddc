import { createDecipheriv, type DecipherGCM, randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import {
  type DataKey,
  encodeFields,
  KeyEncryptionKey,
  OpenError,
  sealPart,
  unwrapDataKey,
  wrapDataKey,
} from '#envelope';
import { type CredentialPlace } from '../persistence/wrapped-keys.js';
import { SecretText } from './secret-text.js';
import { type SealedSecret, type Secret, Vault } from './vault.js';

const kek = KeyEncryptionKey.fromBytes('01900000-0000-7000-8000-000000000000', randomBytes(32));
const vault = new Vault({ get: () => Promise.resolve(kek) });
const secret: Secret = {
  username: new SecretText('shop-admin'),
  password: new SecretText('correct horse'),
  link: null,
  additionalInformation: new SecretText('ask for Jo'),
};
const here: CredentialPlace = { ticketId: 'ticket-1', id: 'credential-1' };
const places: [string, CredentialPlace][] = [
  ['another ticket', { ...here, ticketId: 'ticket-2' }],
  ['another credential of its ticket', { ...here, id: 'credential-2' }],
];

const open = async (place: CredentialPlace, sealed: SealedSecret): Promise<Secret> =>
  vault.open(await vault.hold({ ...sealed, ...place }));

/**
 * What somebody who holds the key ring can do: unwrap the data key where it belongs, and
 * wrap it for another place.
 */
const unwrapped = (sealed: SealedSecret, { ticketId, id }: CredentialPlace): DataKey =>
  unwrapDataKey(kek, sealed.wrappedKey, [ticketId, id, kek.id]);
const wrapped = (dataKey: DataKey, { ticketId, id }: CredentialPlace): Buffer =>
  wrapDataKey(kek, dataKey, [ticketId, id, kek.id]);

describe('a sealed secret', () => {
  it('opens in the row that it was sealed for', async () => {
    const opened = await open(here, vault.seal(here, kek, secret));
    for (const field of ['username', 'password', 'link', 'additionalInformation'] as const)
      expect([field, SecretText.areSame(opened[field], secret[field])]).toEqual([field, true]);
  });

  it.each(places)('does not open in %s', async (_, there) => {
    await expect(open(there, vault.seal(here, kek, secret))).rejects.toThrow(OpenError);
  });

  it.each(places)(
    'has a core that does not open in %s, though its data key was moved along',
    async (_, there) => {
      const sealed = { ...vault.seal(here, kek, secret), note: null };
      const moved = { ...sealed, wrappedKey: wrapped(unwrapped(sealed, here), there) };
      await expect(open(there, moved)).rejects.toThrow(OpenError);
      await expect(
        open(here, { ...moved, wrappedKey: wrapped(unwrapped(moved, there), here) }),
      ).resolves.toBeDefined();
    },
  );

  it.each(places)(
    'has a note that does not open in %s, though its data key was moved along and the core is at home there',
    async (_, there) => {
      const sealed = vault.seal(here, kek, secret);
      const dataKey = unwrapped(sealed, here);
      const position = { context: [there.ticketId, there.id], part: 'core', version: 1 };
      const core = sealPart(
        dataKey,
        position,
        encodeFields({ username: 'u', password: 'p', link: null }),
      );
      const moved = { ...sealed, core, wrappedKey: wrapped(dataKey, there) };
      await expect(open(there, moved)).rejects.toThrow(OpenError);
      await expect(open(there, { ...moved, note: null })).resolves.toBeDefined();
    },
  );

  it('does not open with its core and note exchanged, or its note under another version', async () => {
    const sealed = vault.seal(here, kek, secret);
    await expect(open(here, { ...sealed, core: sealed.note!, note: sealed.core })).rejects.toThrow(
      OpenError,
    );
    await expect(open(here, { ...sealed, noteVersion: 2 })).rejects.toThrow(OpenError);
  });
});

describe('the vault leaves no secret bytes behind', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('when it sealed: what is not zeros is stored for all to see, salts and nonces', () => {
    const buffers: Buffer[] = [];
    const allocate = Buffer.allocUnsafeSlow.bind(Buffer);
    jest.spyOn(Buffer, 'allocUnsafeSlow').mockImplementation((size) => {
      const buffer = allocate(size);
      buffers.push(buffer);
      return buffer;
    });
    const { wrappedKey, core, note } = vault.seal(here, kek, secret);
    const left = buffers.filter((buffer) => buffer.some((byte) => byte !== 0));
    expect(
      left.map((buffer) => [wrappedKey, core, note!].some((stored) => stored.includes(buffer))),
    ).toEqual([true, true, true, true]);
    expect(buffers.length).toBeGreaterThan(left.length);
  });

  it('when it opened: the data key and the fields that were decrypted are zeros', async () => {
    const sealed = vault.seal(here, kek, secret);
    const decrypted: Buffer[] = [];
    const prototype = Object.getPrototypeOf(
      createDecipheriv('aes-256-gcm', Buffer.alloc(32), Buffer.alloc(12)),
    ) as DecipherGCM;
    // Called with its own `this` below.
    // eslint-disable-next-line @typescript-eslint/unbound-method
    const update = prototype.update as (this: DecipherGCM, data: Buffer) => Buffer;
    jest.spyOn(prototype, 'update').mockImplementation(function (this: DecipherGCM, data: unknown) {
      const buffer = update.call(this, data as Buffer);
      decrypted.push(buffer);
      return buffer as never;
    });
    await open(here, sealed);
    // The data key; core and note, of which the mark of the padding stays.
    expect(decrypted.map((buffer) => [...buffer].filter((byte) => byte !== 0))).toEqual([
      [],
      [0x80],
      [0x80],
    ]);
  });
});

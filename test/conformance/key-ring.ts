import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { DataKey, type KeyRing, OpenError, unwrapDataKey, wrapDataKey } from '#envelope';

/** One kind of ring, empty. */
export interface KeyRingUnderTest {
  /** The view of another process, each time. */
  open(): Promise<KeyRing>;
  /** Removes every key, past the ring. */
  clear(): Promise<void> | void;
  close(): Promise<void> | void;
}

const missing = { code: 'missing-key' };

/**
 * What every key ring promises, whatever it is made of. To be called
 * in a `describe` of its own.
 */
export function keyRingConformance(start: () => Promise<KeyRingUnderTest>): void {
  let tested: KeyRingUnderTest;
  beforeAll(async () => {
    tested = await start();
  });
  afterEach(() => tested.clear());
  afterAll(() => tested.close());

  async function createKey(ring: KeyRing): Promise<string> {
    const kekId = uuidv7();
    await ring.create(kekId);
    return kekId;
  }

  describe('a key', () => {
    it('is the same for every process, and after all of them were started anew', async () => {
      const ring = await tested.open();
      const kekId = await createKey(ring);
      const wrapped = wrapDataKey(await ring.read(kekId), DataKey.generate(), ['c']);
      const again = await (await tested.open()).read(kekId);
      expect(again.id).toBe(kekId);
      expect(() => unwrapDataKey(again, wrapped, ['c'])).not.toThrow();
    });

    it('is another one each time, and opens nothing of the others', async () => {
      const ring = await tested.open();
      const [first, second] = [await createKey(ring), await createKey(ring)];
      const wrapped = wrapDataKey(await ring.read(first), DataKey.generate(), ['c']);
      const other = await ring.read(second);
      expect(() => unwrapDataKey(other, wrapped, ['c'])).toThrow(OpenError);
    });

    it('is found by a process that was there before it', async () => {
      const [ours, theirs] = [await tested.open(), await tested.open()];
      const kekId = await createKey(theirs);
      expect((await ours.read(kekId)).id).toBe(kekId);
      expect(await ours.list()).toEqual([kekId]);
    });

    it('is never written over another, by whomever', async () => {
      const [ours, theirs] = [await tested.open(), await tested.open()];
      const kekId = await createKey(ours);
      const wrapped = wrapDataKey(await ours.read(kekId), DataKey.generate(), ['c']);
      for (const ring of [ours, theirs])
        await expect(ring.create(kekId)).rejects.toThrow('already');
      const still = await theirs.read(kekId);
      expect(() => unwrapDataKey(still, wrapped, ['c'])).not.toThrow();
    });

    it('that was never there is missing', async () => {
      await expect((await tested.open()).read(uuidv7())).rejects.toMatchObject(missing);
    });

    it('that is removed is gone for good, for every process, and may be removed again', async () => {
      const [ours, theirs] = [await tested.open(), await tested.open()];
      const [kekId, other] = [await createKey(ours), await createKey(ours)];
      await ours.remove(kekId);
      await ours.remove(kekId);
      await theirs.remove(uuidv7());
      for (const ring of [ours, theirs, await tested.open()]) {
        await expect(ring.read(kekId)).rejects.toMatchObject(missing);
        expect(await ring.list()).toEqual([other]);
      }
    });
  });

  describe('the keys', () => {
    it('are none at first', async () => {
      expect(await (await tested.open()).list()).toEqual([]);
    });

    it('are listed oldest first', async () => {
      const ring = await tested.open();
      const kekIds = [uuidv7(), uuidv7(), uuidv7()];
      for (const kekId of [2, 0, 1].map((at) => kekIds[at]!)) await ring.create(kekId);
      expect(await ring.list()).toEqual(kekIds);
    });

    it('have ids, and what is none never becomes a path', async () => {
      const ring = await tested.open();
      const kekId = await createKey(ring);
      for (const id of [
        `../${kekId}`,
        `x/${kekId}`,
        '',
        '.',
        `${kekId}\0`,
        `${kekId}?x`,
        kekId.toUpperCase(),
        kekId.replace('-7', '-G'),
      ]) {
        await expect(ring.read(id)).rejects.toMatchObject(missing);
        await expect(ring.remove(id)).rejects.toMatchObject(missing);
        await expect(ring.create(id)).rejects.toMatchObject(missing);
      }
      expect(await ring.list()).toEqual([kekId]);
    });
  });
}

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type KvRingUnderTest, startKvRing } from './kv-ring.fixture.js';

let kv: KvRingUnderTest;
beforeEach(async () => {
  kv = await startKvRing();
});
afterEach(() => kv.server.stop());

/** What it promises as every ring does: test/conformance/key-ring.ts. */
describe('a removal', () => {
  it('destroys what the key was, and then forgets its name', async () => {
    const kekId = await kv.createKey();
    const [version] = kv.stored(kekId)!;
    kv.server.requests.length = 0;
    await kv.ring.remove(kekId);
    expect(version).toMatchObject({ destroyed: true, data: null });
    const paths = ['destroy', 'metadata'].map((verb) => `/v1/secret/${verb}/${kv.folder}/${kekId}`);
    expect(kv.server.requests).toEqual([`PUT ${paths[0]}`, `DELETE ${paths[1]}`]);
  });

  it('that was cut off in between keeps no other process from opening the ring, and is ended by the next one', async () => {
    const kekId = await kv.createKey();
    kv.server.injectedFaults.push('drop', 'drop', 'drop');
    expect(await kv.faultOf(() => kv.ring.remove(kekId))).toBe('KeyRingOutage unreachable');
    kv.stored(kekId)![0]!.destroyed = true;
    const other = await kv.open();
    expect(await kv.faultOf(() => other.read(kekId))).toBe('KeyRingError missing-key');
    expect(await other.list()).toEqual([kekId]);
    await other.remove(kekId);
    expect(await other.list()).toEqual([]);
  });
});

describe('a key that is not to be had', () => {
  it('is missing where its metadata were deleted, and deleted, not missing, where it can be brought back', async () => {
    const kekId = await kv.createKey();
    const [version] = kv.stored(kekId)!;
    version!.deletionTime = '2026-01-01T00:00:00Z';
    expect(await kv.faultOf(() => kv.ring.read(kekId))).toBe('KeyRingError deleted-key');
    version!.deletionTime = '';
    expect((await kv.ring.read(kekId)).id).toBe(kekId);
    kv.server.secrets.clear();
    expect(await kv.faultOf(() => kv.ring.read(kekId))).toBe('KeyRingError missing-key');
  });

  it('is not taken for missing where the engine itself is not there', async () => {
    const kekId = await kv.createKey();
    expect(await kv.faultOf(() => kv.open({ mount: 'other' }))).toBe(
      'KeyRingError not-a-key-store',
    );
    kv.server.injectedFaults.push(
      ...Array.from({ length: 4 }, () => ({
        status: 404,
        body: { errors: ['no handler for route'] },
      })),
    );
    for (const call of kv.calls(kekId))
      expect(await kv.faultOf(call)).toBe('KeyRingError not-a-key-store');
  });

  it('is not taken for made or removed by an engine of version 1, or by somebody who redirects', async () => {
    const kekId = await kv.createKey();
    const home = { status: 307, headers: { location: kv.server.url.href } };
    kv.server.injectedFaults.push(
      { status: 204 },
      home,
      { status: 204 },
      { status: 200, body: { data: {} } },
    );
    for (const call of kv.calls(kekId))
      expect(await kv.faultOf(call)).toBe('KeyRingError not-a-key-store');
  });
});

describe('a key that is not as we wrote it', () => {
  const spoil = (change: (record: Buffer) => Buffer | string) => async (): Promise<string> => {
    const kekId = await kv.createKey();
    const [version] = kv.stored(kekId)!;
    const changed = change(Buffer.from((version!.data as { key: string }).key, 'base64'));
    version!.data = { key: changed.toString('base64') };
    const faults = [await kv.faultOf(() => kv.ring.read(kekId)), await kv.faultOf(kv.open)];
    kv.server.secrets.clear();
    expect(faults[1]).toBe(faults[0]);
    return faults[0]!;
  };

  it('is refused, when it is asked for and when the ring opens', async () => {
    expect(await spoil((record) => record.fill(0, 9, 10))()).toBe('KeyRingError damaged-key');
    expect(await spoil((record) => record.subarray(1))()).toBe('KeyRingError wrong-length');
    expect(await spoil((record) => record.fill(2, 0, 1))()).toBe('KeyRingError wrong-version');
  });

  it('is refused under the name of another, or without one', async () => {
    const [one, other] = [await kv.createKey(), await kv.createKey()];
    kv.server.secrets.set(`${kv.folder}/${one}`, kv.stored(other)!);
    expect(await kv.faultOf(() => kv.ring.read(one))).toBe('KeyRingError damaged-key');
    kv.stored(other)![0]!.data = { value: 'x' };
    expect(await kv.faultOf(() => kv.ring.read(other))).toBe('KeyRingError not-a-key-store');
  });

  it('is still the first version of it, whatever was written over it', async () => {
    const kekId = await kv.createKey();
    kv.stored(kekId)!.push({ data: { key: 'x' }, deletionTime: '', destroyed: false });
    expect((await kv.ring.read(kekId)).id).toBe(kekId);
    await kv.ring.remove(kekId);
    expect(kv.stored(kekId)).toBeUndefined();
  });
});

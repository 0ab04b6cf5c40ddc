import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { type KvRingUnderTest, startKvRing } from './kv-ring.fixture.js';

let kv: KvRingUnderTest;
beforeEach(async () => {
  kv = await startKvRing();
});
afterEach(() => kv.server.stop());

describe('an answer that is lost', () => {
  it('to a new key is asked for again, and the key that was made is ours', async () => {
    kv.server.injectedFaults.push('lose');
    const kekId = await kv.createKey();
    expect(kv.stored(kekId)).toHaveLength(1);
    expect((await kv.ring.read(kekId)).id).toBe(kekId);
    expect(kv.server.requests.filter((line) => line.startsWith('POST'))).toHaveLength(2);
  });

  it('three times leaves a key that nobody uses, and says that it is not known', async () => {
    kv.server.injectedFaults.push('lose', 'lose', 'lose');
    const kekId = uuidv7();
    expect(await kv.faultOf(() => kv.ring.create(kekId))).toBe('KeyRingOutage unreachable');
    expect(await kv.ring.list()).toEqual([kekId]);
    await kv.ring.remove(kekId);
    expect(kv.server.secrets.size).toBe(0);
  });

  it('to a removal is asked for again, at either of its two steps', async () => {
    for (const at of [0, 1]) {
      const kekId = await kv.createKey();
      kv.server.injectedFaults.push(
        ...[...Array<{ status: number }>(at).fill({ status: 204 }), 'lose' as const],
      );
      await kv.ring.remove(kekId);
      expect(kv.stored(kekId)).toBeUndefined();
    }
  });

  it('or a request that did not arrive, changes nothing for reading and listing', async () => {
    const kekId = await kv.createKey();
    kv.server.injectedFaults.push(
      'drop',
      'lose',
      { status: 200, body: { data: { keys: [kekId] } } },
      'drop',
      { status: 502 },
    );
    expect(await kv.ring.list()).toEqual([kekId]);
    expect((await kv.ring.read(kekId)).id).toBe(kekId);
  });
});

describe('a ring that cannot be asked', () => {
  it('since it is sealed says so, loses nothing, and gives its keys when it is unsealed', async () => {
    const kekId = await kv.createKey();
    kv.server.sealed = true;
    for (const call of [...kv.calls(kekId), kv.open])
      expect(await kv.faultOf(call)).toBe('KeyRingOutage sealed');
    kv.server.sealed = false;
    expect((await kv.ring.read(kekId)).id).toBe(kekId);
  });

  it('since nobody answers says so, and does not wait for ever', async () => {
    kv.server.injectedFaults.push('hang', 'hang', 'hang');
    expect(await kv.faultOf(() => kv.open({ answerTimeoutMs: 50 }))).toBe(
      'KeyRingOutage unreachable',
    );
    expect(await kv.faultOf(() => kv.open({ url: new URL('http://127.0.0.1:1') }))).toBe(
      'KeyRingOutage unreachable',
    );
  });

  it.each([500, 502, 504, 429, 412, 473])(
    'since it answers %d, three times, says so',
    async (status) => {
      kv.server.injectedFaults.push(
        ...Array.from({ length: 3 }, () => ({ status, body: { errors: ['x'] } })),
      );
      expect(await kv.faultOf(() => kv.ring.list())).toMatch(
        status === 473 ? 'KeyRingError not-a-key-store' : 'KeyRingOutage unreachable',
      );
    },
  );

  it('since it refuses our token says so at once, and lets us in with the one that was renewed', async () => {
    const kekId = await kv.createKey();
    let token = 'revoked';
    const ours = () => kv.open({ token: () => token });
    kv.server.requests.length = 0;
    expect(await kv.faultOf(ours)).toBe('KeyRingOutage forbidden');
    expect(kv.server.requests).toHaveLength(1);
    for (const none of ['', 'two\nlines', 'sp ace']) {
      token = none;
      expect(await kv.faultOf(ours)).toBe('KeyRingOutage forbidden');
    }
    token = kv.server.token;
    expect(await (await ours()).list()).toEqual([kekId]);
  });
});

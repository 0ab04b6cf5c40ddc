import { expect } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { KeyRingError, KeyRingOutage, KvKeyRing, type KvSettings } from '#envelope';
import { KvServer } from '../../support/kv-server.js';

const folder = 'private-credentials/keys';

/** A ring in an engine of its own. */
export async function startKvRing() {
  const server = await KvServer.start();
  const open = (other: Partial<KvSettings> = {}) =>
    KvKeyRing.open({
      url: server.url,
      mount: 'secret',
      path: folder,
      token: () => server.token,
      ...other,
    });
  const ring = await open();
  return {
    server,
    ring,
    open,
    folder,
    /** The versions of a key's secret. */
    stored: (kekId: string) => server.secrets.get(`${folder}/${kekId}`),
    createKey: async () => {
      const kekId = uuidv7();
      await ring.create(kekId);
      return kekId;
    },
    /** Every call of the port. */
    calls: (kekId: string) => [
      () => ring.list(),
      () => ring.read(kekId),
      () => ring.create(uuidv7()),
      () => ring.remove(kekId),
    ],
    /**
     * What an act fails with: its class, and its code. Whatever it is, it shows
     * neither the token nor a key.
     */
    faultOf: async (act: () => Promise<unknown>): Promise<string> => {
      const error = await failureOf(act);
      const keys = [...server.secrets.values()]
        .flat()
        .map(({ data }) => (data as { key?: string } | null)?.key ?? '');
      for (const secret of [server.token, ...keys].filter(Boolean))
        expect(`${error.stack} ${JSON.stringify(error)}`).not.toContain(secret);
      expect(error.cause).toBeUndefined();
      return `${error.name} ${error.code}`;
    },
  };
}

export type KvRingUnderTest = Awaited<ReturnType<typeof startKvRing>>;

async function failureOf(act: () => Promise<unknown>): Promise<KeyRingError | KeyRingOutage> {
  const error: unknown = await act().then(
    () => new Error('nothing failed'),
    (fault: unknown) => fault,
  );
  if (error instanceof KeyRingError || error instanceof KeyRingOutage) return error;
  throw error;
}

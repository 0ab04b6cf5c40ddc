import { type DataSource } from 'typeorm';
import { readEnvironment, readTlsConfig } from '#config';
import { readIdentityConfig, serviceTokens } from '#identity';
import { unionOfKeys } from '#signing';
import { readUpstreamConfig, Upstream } from '#upstream';
import { readKeyRingPlace, readSigningKeysDir } from '../custody/key-ring-place.js';
import { LostKeys } from '../custody/lost-keys.js';
import { readPublicKeys } from '../persistence/signing-keys.js';
import { withDatabase } from './with-database.js';
import { savedKeys } from './saved-keys.js';
import { markFileIn, Witnesses } from '../restore/witnesses.js';
import { TicketsClient } from '../standing/tickets-client.js';

export interface ServiceParts {
  readonly database: DataSource;
  readonly witnesses: Pick<Witnesses, 'onFile' | 'recall' | 'destroyedOf'>;
  readonly lostKeys: LostKeys;
}

/**
 * What a restore leaves of the service, for a command on its host: its database, what is
 * remembered of that, and its key ring.
 */
export async function besideService(use: (parts: ServiceParts) => Promise<void>): Promise<void> {
  const { identity, tickets, place, markFile } = readEnvironment(process.env, (read) => ({
    identity: readIdentityConfig(read, 'required'),
    tickets: readUpstreamConfig(read, 'TICKETS_URL', 'tickets', readTlsConfig(read)),
    place: readKeyRingPlace(read),
    markFile: markFileIn(readSigningKeysDir(read, read.optional('KEYRING_DIR'))),
  }));
  const upstream = new Upstream(tickets);
  const client = new TicketsClient(upstream, serviceTokens('credentials', identity));
  try {
    await withDatabase('reconcile-restore', async (database) => {
      const keys = {
        publicKeys: async () => ({
          keys: unionOfKeys(savedKeys(), await readPublicKeys(database)),
        }),
      };
      await use({
        database,
        lostKeys: await LostKeys.of(database, place),
        witnesses: new Witnesses(markFile, client, keys),
      });
    });
  } finally {
    await upstream.close();
  }
}

import { DirectoryKeyRing } from '#envelope';
import { withConnection } from '#postgres';
import { type AccessEntry } from '../../apps/credentials/src/domain/access-entry.js';
import { Custody } from '../../apps/credentials/src/custody/custody.js';
import { type Vault } from '../../apps/credentials/src/custody/vault.js';
import { Database } from './database.js';
import { Standings } from './standings.js';

/** Everything that the baseline has: two pools and the key ring, all in one process. */
export interface Baseline {
  readonly tickets: Database;
  readonly credentials: Database;
  readonly standings: Standings;
  readonly vault: Vault;
}

export interface BaselinePlaces {
  readonly ticketsUrl: string;
  readonly credentialsUrl: string;
  readonly keyringDir: string;
}

export async function openBaseline({
  ticketsUrl,
  credentialsUrl,
  keyringDir,
}: BaselinePlaces): Promise<Baseline> {
  const [tickets, credentials] = [new Database(ticketsUrl), new Database(credentialsUrl)];
  const ring = await DirectoryKeyRing.open(keyringDir);
  const { vault } = await withConnection({ url: credentialsUrl }, (database) =>
    Custody.open(database, ring),
  );
  return { tickets, credentials, standings: new Standings(tickets), vault };
}

/** A line of the access log as full as the services write it. */
export const entryOf = (
  actorId: string,
  actorRole: string,
  action: string,
  requestId: string,
): AccessEntry => ({
  actorId,
  actorName: `Name of ${actorId}`,
  actorRole,
  action,
  outcome: 'done',
  requestId,
  address: '127.0.0.1',
});

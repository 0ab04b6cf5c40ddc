import { Logger, type Provider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { requireWritable } from '#postgres';
import { Log, Metrics } from '#telemetry';
import { type CredentialsConfig } from '../config.js';
import { Custody, type CustodyTallies } from './custody.js';
import { openKeyRing } from './key-ring-place.js';
import { KeyEpochs } from './key-epochs.js';
import { Vault } from './vault.js';

/** The keys, what seals and opens with them, and what rotates them. */
export const custody = ({ keyRing, keyEpochHours }: CredentialsConfig): Provider[] => [
  {
    provide: Custody,
    useFactory: async (dataSource: DataSource, metrics: Metrics) => {
      // Which keys there are is known to the primary alone. Without this, the service
      // would end saying so in other words.
      await requireWritable(dataSource);
      return Custody.open(
        dataSource,
        await openKeyRing(keyRing, asLongAsDatabases),
        tallies(metrics),
      );
    },
    inject: [DataSource, Metrics],
  },
  { provide: Vault, useFactory: ({ vault }: Custody) => vault, inject: [Custody] },
  {
    provide: KeyEpochs,
    useFactory: ({ rotation }: Custody, sql: DataSource, log: Log, metrics: Metrics) =>
      new KeyEpochs({ rotation, sql, log, metrics }, keyEpochHours),
    inject: [Custody, DataSource, Log, Metrics],
  },
];

const tallies = (metrics: Metrics): CustodyTallies => ({
  notOpened: metrics.counter({
    name: 'secrets_not_opened_total',
    help: 'Credentials that did not open: damaged, moved, or under a key that is lost',
  }),
  outages: metrics.counter({
    name: 'key_ring_outages_total',
    help: 'Keys that could not be had, since the ring could not be asked',
  }),
});

/** As long as `connect` waits for a database. */
const asLongAsDatabases = {
  timeoutMs: 30_000,
  onWait: ({ message }: Error) => {
    new Logger(Custody.name).warn(`waiting for the key ring: ${message}`);
  },
};

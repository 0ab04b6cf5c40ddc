import { type Provider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Log, Metrics } from '#telemetry';
import { type CredentialsConfig } from './config.js';
import { Custody } from './custody/custody.js';
import { KeyEpochs } from './custody/key-epochs.js';
import { Vault } from './custody/vault.js';

/** The keys, what seals and opens with them, and what rotates them. */
export const custody = ({ keyringDir, keyEpochHours }: CredentialsConfig): Provider[] => [
  {
    provide: Custody,
    useFactory: (dataSource: DataSource, metrics: Metrics) => {
      const help = 'Credentials that did not open: damaged, moved, or under a key that is lost';
      return Custody.open(dataSource, keyringDir, metrics.counter({ name: 'secrets_not_opened_total', help }));
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

import { type Provider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { given, provide } from '#backing-services';
import { Log, Metrics, Readiness } from '#telemetry';
import { type CredentialsConfig } from '../config.js';
import { readDatabaseDoubt } from '../persistence/database-mark.js';
import { SigningKeys } from '../receipts/signing-keys.js';
import { type RemoteWitness } from './remote-witness.js';
import { RestoreWatch } from './restore-watch.js';
import { MarkKeeper } from './mark-keeper.js';
import { markFileIn, Witnesses } from './witnesses.js';

/**
 * Noticing that the database was restored. It needs an operator, so the readiness
 * warns and a metric shows it.
 */
export const restore = (
  { signingKeysDir }: CredentialsConfig,
  tickets: RemoteWitness,
): Provider[] => [
  provide(MarkKeeper, [DataSource, SigningKeys, given(markFileIn(signingKeysDir)), given(tickets)]),
  {
    provide: RestoreWatch,
    useFactory: (
      sql: DataSource,
      keys: SigningKeys,
      keeper: MarkKeeper,
      log: Log,
      metrics: Metrics,
      readiness: Readiness,
    ) => {
      const watch = new RestoreWatch(
        sql,
        new Witnesses(markFileIn(signingKeysDir), tickets, keys),
        keeper,
        log,
      );
      showDoubt(watch, sql, metrics, readiness);
      return watch;
    },
    inject: [DataSource, SigningKeys, MarkKeeper, Log, Metrics, Readiness],
  },
];

function showDoubt(
  watch: RestoreWatch,
  sql: DataSource,
  metrics: Metrics,
  readiness: Readiness,
): void {
  readiness.watch('restore', () =>
    watch.isInDoubt
      ? 'the database is not the one that was left: an operator has to reconcile it'
      : undefined,
  );
  const help =
    '1 while the database seems to be an older copy of itself: nothing is revealed until an ' +
    'operator has reconciled it';
  metrics.gauge({ name: 'database_in_doubt', help }, async () => [
    { value: (await readDatabaseDoubt(sql)) === null ? 0 : 1 },
  ]);
}

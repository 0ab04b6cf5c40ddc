import { type DynamicModule, Logger, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { connect, createDataSourceOptions, type DatabaseOptions } from '#postgres';
import { Readiness } from '#telemetry';

/** The service's DataSource, and its place in the readiness. Nest closes it after everything else. */
@Module({})
export class DatabaseModule {
  constructor(dataSource: DataSource, readiness: Readiness) {
    readiness.add('database', async () => {
      await dataSource.query('SELECT 1');
    });
  }

  static with(options: DatabaseOptions): DynamicModule {
    const database = TypeOrmModule.forRootAsync({
      // `connect` has waited for the database already, and knows which errors are worth it.
      useFactory: () => ({ ...createDataSourceOptions(options), toRetry: () => false }),
      dataSourceFactory: () => connect(options, { waiting }),
    });
    return { module: DatabaseModule, imports: [database] };
  }
}

const waiting = (reason: string): void => {
  new Logger(DatabaseModule.name).warn(`waiting for the database: ${reason}`);
};

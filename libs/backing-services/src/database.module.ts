import { type DynamicModule, Logger, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import {
  connect,
  createDataSourceOptions,
  type DatabaseOptions,
  requireWritable,
  ReadOnlyDatabaseError,
  SingleStatements,
} from '#postgres';
import { NotReadyError, Readiness } from '#telemetry';
import { provide } from './provide.js';

/**
 * The service's DataSource, its SingleStatements, and its place in the readiness. Nest
 * closes it after everything else.
 */
@Module({})
export class DatabaseModule {
  constructor(dataSource: DataSource, readiness: Readiness) {
    readiness.add('database', () => requireWritable(dataSource).catch(sayWhy));
  }

  static with(options: DatabaseOptions): DynamicModule {
    const database = TypeOrmModule.forRootAsync({
      // `connect` has waited for the database already, and knows
      // which errors are worth it.
      useFactory: () => ({ ...createDataSourceOptions(options), toRetry: () => false }),
      dataSourceFactory: () => connect(options, { onWait }),
    });
    return {
      module: DatabaseModule,
      global: true,
      imports: [database],
      providers: [provide(SingleStatements, [DataSource])],
      exports: [SingleStatements],
    };
  }
}

/**
 * A database that takes no changes looks well from outside; that it
 * is away can be seen there.
 */
function sayWhy(fault: unknown): never {
  throw fault instanceof ReadOnlyDatabaseError
    ? new NotReadyError(fault.message, { cause: fault })
    : fault;
}

const onWait = ({ message }: Error): void => {
  new Logger(DatabaseModule.name).warn(`waiting for the database: ${message}`);
};

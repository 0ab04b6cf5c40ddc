import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { Lifecycle } from '#lifecycle';
import { Log, Metrics, Readiness } from '#telemetry';
import { Drain } from './drain.js';

export type ServiceModule = DynamicModule | Type;

interface Surroundings {
  readonly log: Log;
  readonly metrics: Metrics;
  readonly readiness: Readiness;
  readonly lifecycle: Lifecycle;
  readonly drain: Drain;
}

@Module({})
class SurroundingsModule {}

/** The service's module, with the providers that every service has. */
export function withSurroundings(
  module: ServiceModule,
  { log, metrics, readiness, lifecycle, drain }: Surroundings,
): DynamicModule {
  const providers = [
    { provide: Log, useValue: log },
    { provide: Metrics, useValue: metrics },
    { provide: Readiness, useValue: readiness },
    { provide: Lifecycle, useValue: lifecycle },
    { provide: Drain, useValue: drain },
  ];
  return {
    module: SurroundingsModule,
    global: true,
    imports: [module],
    providers,
    exports: providers,
  };
}

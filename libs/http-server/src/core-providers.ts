import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { Lifecycle } from '#lifecycle';
import { Log, Metrics, Readiness } from '#telemetry';
import { Drain } from './drain.js';

export type ServiceModule = DynamicModule | Type;

interface CoreProviders {
  readonly log: Log;
  readonly metrics: Metrics;
  readonly readiness: Readiness;
  readonly lifecycle: Lifecycle;
  readonly drain: Drain;
}

@Module({})
class CoreProvidersModule {}

/** The service's module, with the providers that every service has. */
export function withCoreProviders(
  module: ServiceModule,
  { log, metrics, readiness, lifecycle, drain }: CoreProviders,
): DynamicModule {
  const providers = [
    { provide: Log, useValue: log },
    { provide: Metrics, useValue: metrics },
    { provide: Readiness, useValue: readiness },
    { provide: Lifecycle, useValue: lifecycle },
    { provide: Drain, useValue: drain },
  ];
  return {
    module: CoreProvidersModule,
    global: true,
    imports: [module],
    providers,
    exports: providers,
  };
}

import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { Lifecycle } from '#lifecycle';
import { Log, Metrics, Readiness } from '#telemetry';

export type ServiceModule = DynamicModule | Type;

interface CoreProviders {
  readonly log: Log;
  readonly metrics: Metrics;
  readonly readiness: Readiness;
  readonly lifecycle: Lifecycle;
}

@Module({})
class CoreProvidersModule {}

/** The service's module, with the providers that every service has. */
export function withCoreProviders(
  module: ServiceModule,
  { log, metrics, readiness, lifecycle }: CoreProviders,
): DynamicModule {
  const providers = [
    { provide: Log, useValue: log },
    { provide: Metrics, useValue: metrics },
    { provide: Readiness, useValue: readiness },
    { provide: Lifecycle, useValue: lifecycle },
  ];
  return {
    module: CoreProvidersModule,
    global: true,
    imports: [module],
    providers,
    exports: providers,
  };
}

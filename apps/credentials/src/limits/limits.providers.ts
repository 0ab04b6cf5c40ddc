import { type Provider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { given, provide } from '#backing-services';
import { Log, Metrics } from '#telemetry';
import { type CredentialsConfig } from '../config.js';
import { ActorLimits } from './actor-limits.js';
import { massRevealWindow, MassReveals } from './mass-reveals.js';
import { SharedCounter } from './shared-counter.js';

/** Limits per person, and the alarm about mass reveals. */
export const limits = ({
  limits: perMinute,
  massRevealTickets: most,
}: CredentialsConfig): Provider[] => [
  provide(ActorLimits, [DataSource, given(perMinute)]),
  {
    provide: MassReveals,
    useFactory: (dataSource: DataSource, metrics: Metrics, log: Log) => {
      const counter = new SharedCounter(dataSource, 'mass-reveal', massRevealWindow);
      const help =
        'Tickets under which somebody revealed beyond MASS_REVEAL_TICKETS within an hour; the ' +
        'log says who';
      return new MassReveals(
        counter,
        most,
        metrics.counter({ name: 'mass_reveals_total', help }),
        log,
      );
    },
    inject: [DataSource, Metrics, Log],
  },
];

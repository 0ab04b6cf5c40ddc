import { type Provider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { provide } from '#backing-services';
import { ApplyBatch } from '../commands/apply-batch.js';
import { DestructionFailures } from '../commands/destruction-failures.js';
import { StandingAlarm } from '../standing/standing-alarm.js';
import { StandingCache } from '../standing/standing-cache.js';
import { ApplyTruth } from './apply-truth.js';
import { ChangedTickets } from './changed-tickets.js';
import { Reconciler } from './reconciler.js';

/** What the periodic jobs are made of. */
export const jobs: Provider[] = [
  provide(ApplyTruth, [DataSource, ApplyBatch, StandingCache, StandingAlarm, DestructionFailures]),
  provide(Reconciler, [DataSource, ApplyTruth]),
  provide(ChangedTickets, [DataSource, StandingCache, ApplyTruth, Reconciler]),
];

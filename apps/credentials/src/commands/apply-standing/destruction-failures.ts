import { type Log, type Tally } from '#telemetry';

/** What was at work: an event, the reconciler, the sweeper. */
export type Destroyer = 'event' | 'reconcile' | 'sweep';

/** Tells of destructions that failed. Each is tried again: the event is redelivered, and the periodic jobs find what is still there. */
export class DestructionFailures {
  constructor(
    private readonly log: Log,
    private readonly failures: Tally<'by'>,
  ) {}

  count(by: Destroyer, ticketId: string, error: unknown): void {
    this.failures.inc({ by });
    this.log.error('destruction failed', { ticketId, check: by, error });
  }
}

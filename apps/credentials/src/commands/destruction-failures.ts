import { type Log, type Tally } from '#telemetry';

/**
 * What attempted it: an event, a change that no event had told, the
 * reconciler or the sweeper.
 */
export type Destroyer = 'event' | 'change' | 'reconcile' | 'sweep';

/**
 * Logs and counts failed destructions. Each is retried: the event is redelivered, and the
 * periodic jobs find remaining credentials.
 */
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

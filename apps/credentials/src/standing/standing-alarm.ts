import { type Sql } from '#postgres';
import { type Log, type Tally } from '#telemetry';
import { recordDoubt } from '../persistence/doubts.js';
import { type FaultKind, type StandingFault } from '../domain/standing-fault.js';

/**
 * Raised when an answer of `tickets` is a fault: it needs an operator, since neither
 * revealing nor destroying is safe.
 */
export class StandingAlarm {
  constructor(
    private readonly sql: Sql,
    private readonly log: Log,
    private readonly faults: Tally<'fault'>,
  ) {}

  /**
   * Counts the fault, and records the ticket as in doubt until a valid answer arrives.
   * Logs when the doubt begins.
   */
  async raise({ ticketId, kind }: StandingFault): Promise<void> {
    this.faults.inc({ fault: kind });
    if (await this.isNew(ticketId, kind))
      this.log.error('standing in doubt', { ticketId, code: kind });
  }

  /** If the doubt cannot be recorded, it is logged each time rather than never. */
  private isNew(ticketId: string, kind: FaultKind): Promise<boolean> {
    return recordDoubt(this.sql, ticketId, kind).catch(() => true);
  }
}

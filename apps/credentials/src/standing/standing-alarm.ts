import { type Sql } from '#postgres';
import { type Log, type Tally } from '#telemetry';
import { recordDoubt } from '../persistence/doubts.js';
import { type FaultKind, type StandingFault } from './standing-fault.js';

/** Raised where an answer of `tickets` is a fault: somebody has to look, since neither revealing nor destroying is safe any more. */
export class StandingAlarm {
  constructor(
    private readonly sql: Sql,
    private readonly log: Log,
    private readonly faults: Tally<'fault'>,
  ) {}

  /** Counts the fault, and notes the ticket until the truth about it is known again. Logs when the ticket comes into doubt. */
  async raise({ ticketId, kind }: StandingFault): Promise<void> {
    this.faults.inc({ fault: kind });
    if (await this.isNew(ticketId, kind)) this.log.error('standing in doubt', { ticketId, code: kind });
  }

  /** What cannot be noted is said again rather than not at all. */
  private isNew(ticketId: string, kind: FaultKind): Promise<boolean> {
    return recordDoubt(this.sql, ticketId, kind).catch(() => true);
  }
}

import { type TicketAction } from '#access';
import { isDatabaseUnavailable, type UnitOfWork } from '#postgres';
import { Problem } from '#problem';
import { appendToAccessLog } from './access-log.js';
import { type Caller, entryOf } from './caller.js';

/** What somebody set out to do. */
export interface Attempt {
  readonly caller: Caller;
  readonly action: TicketAction;
  readonly ticketId: string;
  /** Null where it is about no particular one. */
  readonly credentialId: string | null;
}

/** Attempts that end by a fault of ours stand in the access log as failed: whoever could provoke one must not be able to do so unseen. */
export class Attempts {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Does it. A refusal is no failure; it is written down where it is decided. @throws what `act` throws */
  async make<T>(attempt: Attempt, act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      // Where not even this can be written, nothing was done either, and the first error says more.
      if (!(error instanceof Problem) && !isDatabaseUnavailable(error)) await this.logFailure(attempt).catch(() => undefined);
      throw error;
    }
  }

  private logFailure({ caller, action, ticketId, credentialId }: Attempt): Promise<unknown> {
    const entry = { ...entryOf(caller, action), credentialId, outcome: 'failed' as const };
    return this.unitOfWork.run((tx) => appendToAccessLog(tx, ticketId, [entry]));
  }
}

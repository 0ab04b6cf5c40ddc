import { isDatabaseUnavailable, type UnitOfWork } from '#postgres';
import { Problem } from '#problem';
import { type LoggedCall } from '../domain/access-entry.js';
import { appendToAccessLog } from '../persistence/access-log.js';
import { type Caller, doneBy } from './caller.js';

/** What a caller attempts. */
interface Attempt {
  readonly caller: Caller;
  readonly action: LoggedCall;
  readonly ticketId: string;
  /** Null if it concerns no particular one. */
  readonly credentialId: string | null;
}

/**
 * Logs attempts that end in an internal error as failed: nobody may
 * provoke such an error unseen.
 */
export class AttemptLog {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * Runs `act`. A refusal is not a failure; it is logged where it is decided.
   * @throws what `act` throws
   */
  async make<T>(attempt: Attempt, act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      // If not even this can be written, nothing was done either, and
      // the first error says more.
      if (!(error instanceof Problem) && !isDatabaseUnavailable(error))
        await this.logFailure(attempt).catch(() => undefined);
      throw error;
    }
  }

  private logFailure({ caller, action, ticketId, credentialId }: Attempt): Promise<unknown> {
    const entry = { ...doneBy(caller, action), credentialId, outcome: 'failed' as const };
    return this.unitOfWork.run((tx) => appendToAccessLog(tx, ticketId, [entry]));
  }
}

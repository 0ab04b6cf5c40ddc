import { type Turn } from '#leadership';
import { isDatabaseUnavailable, type Sql, type UnitOfWork } from '#postgres';
import { bySystem, destroy } from '../commands/destroy.js';
import { type DestructionFailures } from '../commands/destruction-failures.js';
import { lockGate, setLockTimeout } from '../persistence/gates.js';
import { ticketsPastExpiry, untilNextExpiry } from '../persistence/tickets-with-credentials.js';

const batch = 100;
/** This many failures mean a problem that is not one ticket's. */
const maxFailures = 100;
/** The shortest pause between two turns, in ms. */
const minPauseMs = 50;

/**
 * Destroys expired credentials, one ticket at a time. Several at once do no harm: the
 * gate's lock orders them, and the second finds nothing.
 */
export class Sweeper {
  constructor(
    private readonly sql: Sql,
    private readonly unitOfWork: UnitOfWork,
    private readonly failures: DestructionFailures,
  ) {}

  /**
   * @returns how many credentials were destroyed, how many tickets failed, and
   *   when the next one expires
   */
  async run(signal: AbortSignal): Promise<Turn> {
    const failed: string[] = [];
    let destroyed = 0;
    for (;;) {
      const tickets = await ticketsPastExpiry(this.sql, failed, batch);
      for (const ticketId of tickets) {
        if (signal.aborted || failed.length >= maxFailures) break;
        destroyed += await this.sweep(ticketId).catch((error: unknown) =>
          this.fail(ticketId, failed, error),
        );
      }
      if (tickets.length === 0 || signal.aborted || failed.length >= maxFailures) break;
    }
    const done = { destroyed, failed: failed.length };
    const next = failed.length > 0 ? undefined : await untilNextExpiry(this.sql);
    return next === undefined ? { done } : { done, againInMs: Math.max(minPauseMs, next) };
  }

  private async sweep(ticketId: string): Promise<number> {
    return this.unitOfWork.run(async (tx) => {
      await setLockTimeout(tx);
      const gate = await lockGate(tx, ticketId);
      if (gate === undefined) return 0;
      const facts = {
        ticketId,
        phase: gate.phase,
        reason: 'expired',
        triggerId: null,
        actor: bySystem,
      } as const;
      return (await destroy(tx, { ...facts, credentials: 'expired' })).length;
    });
  }

  private fail(ticketId: string, failed: string[], error: unknown): number {
    if (isDatabaseUnavailable(error)) throw error;
    failed.push(ticketId);
    this.failures.count('sweep', ticketId, error);
    return 0;
  }
}

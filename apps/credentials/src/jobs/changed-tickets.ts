import { type ChangeHandler, type HandledChanges } from '#changes';
import { maxStandingsAsked, type Standing } from '#contracts';
import { type Sql } from '#postgres';
import { isNews } from '../domain/gate.js';
import { readGates } from '../persistence/gates.js';
import { type StandingCache } from '../standing/standing-cache.js';
import { type ApplyTruth, type Occurrence, type TicketToAsk } from './apply-truth.js';
import { type Reconciler } from './reconciler.js';

const occurrence: Occurrence = { by: 'change', reason: 'ticket-ended' };

/**
 * Applies changes of tickets whose events have not arrived. Like most events, a change is
 * only a reason to ask `tickets`; where its event was applied already, it costs one read
 * of the gate. Gates without credentials are updated too, since a submission may be under
 * way.
 */
export class ChangedTickets implements ChangeHandler {
  constructor(
    private readonly sql: Sql,
    private readonly standings: StandingCache,
    private readonly truth: ApplyTruth,
    private readonly reconciler: Reconciler,
  ) {}

  async handle(changes: readonly Standing[], stopping: AbortSignal): Promise<HandledChanges> {
    const failed: Standing[] = [];
    let followed = 0;
    for (let start = 0; start < changes.length; start += maxStandingsAsked) {
      const some = new Map(
        changes.slice(start, start + maxStandingsAsked).map((change) => [change.ticketId, change]),
      );
      for (const ticketId of some.keys()) this.standings.forget(ticketId);
      for await (const [{ ticketId }, outcome] of this.truth.run(
        await this.news(some),
        occurrence,
        stopping,
      )) {
        const change = some.get(ticketId);
        if (outcome === 'failed' && change) failed.push(change);
        if (outcome === 'ended' || outcome === 'applied') followed += 1;
      }
    }
    return { followed, failed };
  }

  checkAll(stopping: AbortSignal): Promise<unknown> {
    return this.reconciler.run(stopping);
  }

  private async news(changes: ReadonlyMap<string, Standing>): Promise<TicketToAsk[]> {
    const gates = await readGates(this.sql, [...changes.keys()]);
    return [...changes.values()].flatMap((change) => {
      const gate = gates.get(change.ticketId);
      return gate && isNews(gate, change)
        ? [{ ...gate, ticketId: change.ticketId, hasGate: true, doubted: false }]
        : [];
    });
  }
}

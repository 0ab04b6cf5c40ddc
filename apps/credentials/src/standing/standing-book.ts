import DataLoader from 'dataloader';
import { LRUCache } from 'lru-cache';
import { maxStandingsAsked, type Standing } from '#contracts';

/** Asks the one authority on standing. Rejects when it cannot be asked. */
export interface StandingSource {
  /** @returns the standings of those tickets that exist */
  standings(ticketIds: readonly string[]): Promise<readonly Standing[]>;
}

/**
 * Asks `tickets`, and remembers an answer for one lease. Questions asked at the same moment travel as one. What is remembered may only
 * permit: before a refusal, ask.
 */
export class StandingBook {
  private readonly leases: LRUCache<string, Standing>;
  private readonly questions: DataLoader<string, { standing: Standing | undefined; askedAt: number }>;

  /** @param leaseMs counted from before the question was sent; 0 remembers nothing */
  constructor(
    private readonly source: StandingSource,
    private readonly leaseMs: number,
  ) {
    this.leases = new LRUCache({ max: 10_000 });
    this.questions = new DataLoader((ids) => this.askAll(ids), { cache: false, maxBatchSize: maxStandingsAsked });
  }

  /**
   * The truth, by a question that is sent after this call.
   * @returns undefined where `tickets` knows no such ticket
   */
  async ask(ticketId: string): Promise<Standing | undefined> {
    const { standing, askedAt } = await this.questions.load(ticketId);
    const ttl = askedAt + this.leaseMs - performance.now();
    if (standing === undefined || ttl <= 0) this.leases.delete(ticketId);
    else this.leases.set(ticketId, standing, { ttl });
    return standing;
  }

  /** An answer that is younger than one lease. */
  remembered(ticketId: string): Standing | undefined {
    return this.leases.get(ticketId);
  }

  forget(ticketId: string): void {
    this.leases.delete(ticketId);
  }

  private async askAll(ids: readonly string[]): Promise<{ standing: Standing | undefined; askedAt: number }[]> {
    const askedAt = performance.now();
    const unique = [...new Set(ids)];
    const standings = new Map((await this.source.standings(unique)).map((standing) => [standing.ticketId, standing]));
    return ids.map((id) => ({ standing: standings.get(id), askedAt }));
  }
}

import pg from 'pg';
import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import { backendOf } from './backend.js';

/**
 * Sees the moment at which a ticket's rows are gone, by asking the database over a
 * connection of its own, again and again.
 */
export class RowWatch {
  private readonly waiting = new Map<string, () => void>();
  private looking = false;
  /** Milliseconds of each look: what a moment that was seen may be late by. */
  readonly looks: number[] = [];

  private constructor(
    private readonly client: pg.Client,
    /** Process id of its own connection, whose work is not the stack's. */
    readonly backend: number,
    private readonly pauseMs: number,
  ) {}

  /** @param pauseMs between two looks, so that looking takes less of the machine */
  static async open(credentialsUrl: string, pauseMs = 0): Promise<RowWatch> {
    const client = new pg.Client({ connectionString: credentialsUrl, application_name: 'watch' });
    await client.connect();
    return new RowWatch(client, await backendOf(client), pauseMs);
  }

  /** Resolves when the ticket has no credentials. */
  gone(ticketId: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.set(ticketId, resolve);
      if (!this.looking) this.look().catch(reject);
    });
  }

  /** Whether any of the tickets has a credential. */
  async hasAny(ticketIds: readonly string[]): Promise<boolean> {
    const text = 'SELECT 1 FROM credential WHERE ticket_id = ANY($1) LIMIT 1';
    return (await this.client.query(text, [ticketIds])).rowCount !== 0;
  }

  close(): Promise<void> {
    return this.client.end();
  }

  private async look(): Promise<void> {
    this.looking = true;
    while (this.waiting.size > 0) {
      const start = performance.now();
      const asked = [...this.waiting.keys()];
      const { rows } = await this.client.query<{ ticket_id: string }>({
        name: 'rows-left',
        text: 'SELECT DISTINCT ticket_id FROM credential WHERE ticket_id = ANY($1)',
        values: [asked],
      });
      this.looks.push(performance.now() - start);
      const left = new Set(rows.map((row) => row.ticket_id));
      for (const ticketId of asked) if (!left.has(ticketId)) this.settle(ticketId);
      // Lets the workers that were just told go on before the next look.
      await (this.pauseMs === 0 ? turn() : sleep(this.pauseMs));
    }
    this.looking = false;
  }

  private settle(ticketId: string): void {
    this.waiting.get(ticketId)?.();
    this.waiting.delete(ticketId);
  }
}

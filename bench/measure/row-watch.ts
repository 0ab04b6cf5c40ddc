import pg from 'pg';
import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import { backendOf } from './backend.js';

/** Polls the database, over a connection of its own, until a ticket's rows are gone. */
export class RowWatch {
  private readonly waiting = new Map<string, () => void>();
  private polling = false;
  /** Milliseconds that each poll took: an observed time may be late by so much. */
  readonly polls: number[] = [];

  private constructor(
    private readonly client: pg.Client,
    /** Process id of its own connection, whose work is not the stack's. */
    readonly backend: number,
    private readonly pauseMs: number,
  ) {}

  /** @param pauseMs between two polls, so that polling takes less of the machine */
  static async open(credentialsUrl: string, pauseMs = 0): Promise<RowWatch> {
    const client = new pg.Client({ connectionString: credentialsUrl, application_name: 'watch' });
    await client.connect();
    return new RowWatch(client, await backendOf(client), pauseMs);
  }

  /** Resolves when the ticket has no credentials. */
  gone(ticketId: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.set(ticketId, resolve);
      if (!this.polling) this.poll().catch(reject);
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

  private async poll(): Promise<void> {
    this.polling = true;
    while (this.waiting.size > 0) {
      const start = performance.now();
      const asked = [...this.waiting.keys()];
      const { rows } = await this.client.query<{ ticket_id: string }>({
        name: 'rows-left',
        text: 'SELECT DISTINCT ticket_id FROM credential WHERE ticket_id = ANY($1)',
        values: [asked],
      });
      this.polls.push(performance.now() - start);
      const left = new Set(rows.map((row) => row.ticket_id));
      for (const ticketId of asked) if (!left.has(ticketId)) this.settle(ticketId);
      // Lets the workers whose promise was just resolved go on before the next poll.
      await (this.pauseMs === 0 ? turn() : sleep(this.pauseMs));
    }
    this.polling = false;
  }

  private settle(ticketId: string): void {
    this.waiting.get(ticketId)?.();
    this.waiting.delete(ticketId);
  }
}

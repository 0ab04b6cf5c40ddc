import { inBatches } from '#backing-services';
import { type Sql } from '#postgres';
import { type StoredTicket } from '../domain/ticket.js';
import { findTickets } from '../persistence/tickets.js';

export class FindTicket {
  private readonly reads = inBatches(this.read.bind(this));

  constructor(private readonly sql: Sql) {}

  /** As it is when it is asked for, or later. @returns undefined for an unknown one */
  execute(id: string): Promise<StoredTicket | undefined> {
    return this.reads.add(id);
  }

  private async read(ids: readonly string[]): Promise<(StoredTicket | undefined)[]> {
    const found = await findTickets(this.sql, [...new Set(ids)]);
    return ids.map((id) => found.get(id));
  }
}

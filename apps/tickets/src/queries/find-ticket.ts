import { type DataSource } from 'typeorm';
import { type StoredTicket } from '../domain/ticket.js';
import { findTickets } from '../persistence/tickets.js';
import { inBatches } from '../in-batches.js';

export class FindTicket {
  private readonly reads = inBatches(this.read.bind(this));

  constructor(private readonly dataSource: DataSource) {}

  /** As it is when it is asked for, or later. @returns undefined for an unknown one */
  execute(id: string): Promise<StoredTicket | undefined> {
    return this.reads.add(id);
  }

  private async read(ids: readonly string[]): Promise<(StoredTicket | undefined)[]> {
    const found = await findTickets(this.dataSource, [...new Set(ids)]);
    return ids.map((id) => found.get(id));
  }
}

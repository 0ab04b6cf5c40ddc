import { type DataSource } from 'typeorm';
import { type Standing, ticketIdPattern } from '#contracts';
import { readStandings } from '../persistence/standings.js';

export interface Standings {
  readonly items: readonly Standing[];
  /** Ids without a ticket. */
  readonly unknown: readonly string[];
}

export class ListStandings {
  constructor(private readonly dataSource: DataSource) {}

  async execute(ticketIds: readonly string[]): Promise<Standings> {
    const asked = [...new Set(ticketIds)];
    const possible = asked.filter((id) => ticketIdPattern.test(id));
    const items = await readStandings(this.dataSource, possible);
    const known = new Set(items.map(({ ticketId }) => ticketId));
    return { items, unknown: asked.filter((id) => !known.has(id)) };
  }
}

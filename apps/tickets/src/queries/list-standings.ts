import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type Standing, ticketIdPattern } from '#contracts';
import { onPrimary, rows } from '#postgres';
import { standingColumns, type StandingRow, toStanding } from '../persistence/standing-columns.js';

export interface Standings {
  readonly items: readonly Standing[];
  /** Ids without a ticket. */
  readonly unknown: readonly string[];
}

@Injectable()
export class ListStandings {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Read from the primary, or not at all, since a standing decides access and must not
   * lag. One statement for any number of ids.
   */
  async execute(ticketIds: readonly string[]): Promise<Standings> {
    const asked = [...new Set(ticketIds)];
    const found = await rows<StandingRow>(
      this.dataSource,
      `SELECT ${standingColumns} FROM ticket WHERE id = ANY($1) AND ${onPrimary('ticket')}`,
      [asked.filter((id) => ticketIdPattern.test(id))],
    );
    const items = found.map(toStanding);
    const known = new Set(items.map(({ ticketId }) => ticketId));
    return { items, unknown: asked.filter((id) => !known.has(id)) };
  }
}

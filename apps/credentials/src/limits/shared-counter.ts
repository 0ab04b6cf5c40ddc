import { type Sql } from '#postgres';
import { type Count, countOnce } from '../persistence/rate-limits.js';

/**
 * Counts in the credentials' own database, and by its clock, so that all replicas share
 * the count, and the window's end.
 */
export class SharedCounter {
  /**
   * @param name prefix of its keys in the table, so that counters do not collide
   * @param seconds length of a window
   */
  constructor(
    private readonly sql: Sql,
    private readonly name: string,
    private readonly seconds: number,
  ) {}

  count(key: string): Promise<Count> {
    return countOnce(this.sql, `${this.name}:${key}`, this.seconds * 1000);
  }
}

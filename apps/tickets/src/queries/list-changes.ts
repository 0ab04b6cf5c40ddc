import { type DataSource } from 'typeorm';
import { type Changes, maxChanges } from '#contracts';
import { type Change, readChanges } from '../persistence/changes.js';
import { type Snapshot, upTo } from '../persistence/snapshot.js';
import { parseCursor, printCursor } from './changes-cursor.js';

export class ListChanges {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * One statement, whatever there is to tell.
   * @param cursor of the last answer; undefined for none
   */
  async execute(cursor: string | undefined): Promise<Changes> {
    const after = cursor === undefined ? undefined : parseCursor(cursor);
    const { changes, seen, database } = await readChanges(this.dataSource, after?.seen);
    // Another database was restored since, or has taken over and perhaps lost something;
    // so has one of which the cursor is of the future.
    const gap = after?.database !== database || after.seen.end > seen.end;
    const listed = gap ? [] : changes;
    const more = listed.length >= maxChanges;
    const next = printCursor({ database, seen: more ? upToLast(seen, listed) : seen });
    return { items: listed.map(({ standing }) => standing), cursor: next, gap, more };
  }
}

const upToLast = (seen: Snapshot, listed: readonly Change[]): Snapshot =>
  upTo(seen, listed.at(-1)?.changedIn ?? 0n);

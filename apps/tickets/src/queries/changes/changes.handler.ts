import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type Changes, maxChangesTold } from '#contracts';
import { type Change, readChanges } from '../../persistence/changes.js';
import { parseSnapshot, printSnapshot, type Snapshot, upTo } from '../../persistence/snapshot.js';

@Injectable()
export class ChangesHandler {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * One statement, whatever there is to tell.
   * @param cursor of the last answer; undefined for none
   */
  async execute(cursor: string | undefined): Promise<Changes> {
    const after = cursor === undefined ? undefined : parseSnapshot(cursor);
    const { changes, seen } = await readChanges(this.dataSource, after);
    // A cursor of the future is of a database that was restored since, or that has failed over and lost something.
    const gap = after === undefined || after.end > seen.end;
    const told = gap ? [] : changes;
    const more = told.length >= maxChangesTold;
    return { items: told.map(({ standing }) => standing), cursor: printSnapshot(more ? upToLast(seen, told) : seen), gap, more };
  }
}

const upToLast = (seen: Snapshot, told: readonly Change[]): Snapshot => upTo(seen, told.at(-1)?.changedIn ?? 0n);

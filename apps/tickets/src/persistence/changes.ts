import { maxChanges, type Standing } from '#contracts';
import { onPrimary, rows, type Sql } from '#postgres';
import { standingColumns, type StandingRow, toStanding } from './standing-columns.js';
import { parseSnapshot, printSnapshot, type Snapshot } from './snapshot.js';

export interface Change {
  readonly standing: Standing;
  /** By which transaction. */
  readonly changedIn: bigint;
}

/** What has changed between two snapshots, as it is now. */
interface FoundChanges {
  readonly changes: readonly Change[];
  /** What the statement has seen that found them. */
  readonly seen: Snapshot;
  /**
   * Which database has answered: another one after each start of its server, a
   * failover and a restore among them.
   */
  readonly database: string;
}

type Row = { readonly seen: string; readonly database: string } & (
  (StandingRow & { readonly changedIn: string }) | { readonly changedIn: null }
);

/**
 * When the server started, in microseconds, and the number of the table, which a dump
 * that is played back into the same server changes. Every role may read both, on managed
 * servers too, unlike the timeline.
 */
const database = `(extract(epoch FROM pg_postmaster_start_time()) * 1000000)::bigint
  || '-' || 'ticket'::regclass::oid`;

/**
 * The tickets whose standing was changed by transactions that `after` has not seen, those
 * of the earliest ones first; with all of a transaction. Without `after` only what is
 * seen now. From the primary, and by the index alone where nothing has changed.
 *
 * A number that no transaction of this server has had yet stands in a copy of another
 * one's tickets: it is no change of now.
 */
export async function readChanges(sql: Sql, after: Snapshot | undefined): Promise<FoundChanges> {
  const found = await rows<Row>(
    sql,
    `SELECT now.seen::text AS seen,
       ${database} AS database,
       change.*
     FROM (SELECT pg_current_snapshot() AS seen) AS now
     LEFT JOIN LATERAL (
       SELECT ${standingColumns},
         changed_in::text AS "changedIn"
       FROM ticket
       WHERE changed_in >= pg_snapshot_xmin($1::pg_snapshot)
         AND changed_in < pg_snapshot_xmax(now.seen)
         AND NOT pg_visible_in_snapshot(changed_in, $1::pg_snapshot)
       ORDER BY changed_in
       FETCH FIRST ${maxChanges} ROWS WITH TIES
     ) AS change ON true
     WHERE ${onPrimary('ticket')}`,
    [after === undefined ? null : printSnapshot(after)],
  );
  const [first] = found;
  const seen = parseSnapshot(first?.seen ?? '');
  if (first === undefined || seen === undefined)
    throw new Error('the database did not say what it sees');
  return { seen, database: first.database, changes: found.flatMap(toChange) };
}

/** None where there was nothing to join with. */
function toChange(row: Row): Change[] {
  if (row.changedIn === null) return [];
  return [{ changedIn: BigInt(row.changedIn), standing: toStanding(row) }];
}

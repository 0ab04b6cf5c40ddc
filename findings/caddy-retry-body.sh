#!/usr/bin/env bash
# Whether Caddy tries another upstream when one refuses the connection: Caddy as Debian 12
# packages it.
#
# One would expect that a request which never left Caddy may go to the next upstream,
# whatever its method; that is what `lb_try_duration` is for, and its documentation says
# that requests whose connection failed are always retried. In fact a request with a body
# is 502 instead: the refused attempt closes the body ("invalid Read on closed Body"), and
# the next cannot read it. So with two upstreams and one of them down every GET succeeds,
# and a POST that meets the one that is down fails. What helps: `buffer_requests`, later
# called `request_buffers`; or a version with caddyserver/caddy#7547, of March 2026.
#
# Here one upstream answers and the other refuses. Nothing outside a temporary folder is
# changed. Needs caddy and node. Exits with 1 when every POST succeeds without a buffer,
# or one fails with it.
set -euo pipefail

here=$(mktemp -d)
command -v caddy >/dev/null || { echo 'apt-get install caddy first'; exit 2; }
pids=
cleanup() {
  for pid in $pids; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$here"
}
trap cleanup EXIT
cd "$here"
export HOME=$here XDG_DATA_HOME=$here XDG_CONFIG_HOME=$here

cat >backend.mjs <<'JS'
import { createServer } from 'node:http';
createServer((request, response) => request.resume().once('end', () => response.end('ok'))).listen(27491, '127.0.0.1');
JS
cat >client.mjs <<'JS'
const ask = async (port, method) => {
  const statuses = {};
  for (let count = 0; count < 40; count += 1) {
    const body = method === 'POST' ? { body: 'a body' } : {};
    const { status } = await fetch(`http://127.0.0.1:${port}/`, { method, ...body });
    statuses[status] = (statuses[status] ?? 0) + 1;
  }
  return statuses;
};
const show = (what, statuses) => console.log(`${what}: ${JSON.stringify(statuses)}`);
const [get, post, buffered] = [await ask(27492, 'GET'), await ask(27492, 'POST'), await ask(27493, 'POST')];
show('40 GETs', get);
show('40 POSTs', post);
show('40 POSTs with buffer_requests', buffered);
process.exit(get[200] === 40 && (post[200] ?? 0) < 40 && buffered[200] === 40 ? 0 : 1);
JS
cat >Caddyfile <<'CADDY'
{
	admin off
}
http://127.0.0.1:27492 {
	reverse_proxy 127.0.0.1:27491 127.0.0.1:27494 {
		lb_policy round_robin
		lb_try_duration 5s
	}
}
http://127.0.0.1:27493 {
	reverse_proxy 127.0.0.1:27491 127.0.0.1:27494 {
		lb_policy round_robin
		lb_try_duration 5s
		buffer_requests
	}
}
CADDY

echo "Caddy $(caddy version)"
node backend.mjs &
pids=$!
caddy run --adapter caddyfile --config Caddyfile 2>caddy.log &
pids="$pids $!"
for _ in $(seq 50); do node -e 'require("net").connect(27493, "127.0.0.1").once("connect", () => process.exit(0)).once("error", () => process.exit(1))' && break; sleep 0.2; done
node client.mjs

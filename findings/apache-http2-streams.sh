#!/usr/bin/env bash
# How many requests of one HTTP/2 connection Apache has in hand at a time: Apache as
# Debian packages it, with mod_http2 and mod_proxy_http.
#
# One would expect as many as it announces: its SETTINGS say MAX_CONCURRENT_STREAMS = 100
# (H2MaxSessionStreams). In fact it begins with six of a connection, and doubles that now
# and then as earlier ones end; more workers (H2MinWorkers) change nothing. Requests that
# do not end, such as server-sent events, use the six up: with six tabs of one browser,
# which share one connection, the seventh request has no answer while those six last. A
# browser that believes the announcement opens no second connection. A hundred short
# requests before the streams hide it.
#
# Here a backend answers /stream with an endless stream, and anything else at once. One
# client opens so many streams, and asks for something short beside them. Nothing outside
# a temporary folder is changed. Needs apache2, node and openssl. Exits with 1 when none
# had to wait.
set -euo pipefail

here=$(mktemp -d)
chmod 755 "$here"
modules=/usr/lib/apache2/modules
command -v apache2 >/dev/null || { echo 'apt-get install apache2 first'; exit 2; }
apache=
backend=
cleanup() {
  for pid in $apache $backend; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$here"
}
trap cleanup EXIT
cd "$here"
openssl req -x509 -nodes -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -days 1 -subj /CN=localhost -keyout key.pem -out cert.pem 2>/dev/null

cat >backend.mjs <<'JS'
import { createServer } from 'node:http';
createServer((request, response) => {
  response.writeHead(200, { 'content-type': request.url === '/stream' ? 'text/event-stream' : 'text/plain' });
  response.write('data: first\n\n');
  if (request.url !== '/stream') response.end();
}).listen(27391, '127.0.0.1');
JS
cat >client.mjs <<'JS'
import { connect } from 'node:http2';
const session = connect('https://127.0.0.1:27392', { rejectUnauthorized: false });
const announced = await new Promise((resolve) => session.once('remoteSettings', resolve));
const answered = (path, ms) =>
  new Promise((resolve) => {
    const stream = session.request({ ':path': path });
    stream.once('data', () => resolve(true));
    setTimeout(resolve, ms, false);
  });
console.log(`Apache announces ${announced.maxConcurrentStreams} concurrent streams`);
for (let open = 0; open <= 20; open += 1) {
  const short = await answered('/short', 5000);
  if (!short) {
    console.log(`beside ${open} open streams a short request has no answer in 5 s`);
    process.exit(0);
  }
  await answered('/stream', 5000);
}
console.log('beside 20 open streams a short request is answered');
process.exit(1);
JS
cat >apache.conf <<CONF
ServerName localhost
PidFile $here/apache.pid
ErrorLog $here/error.log
DefaultRuntimeDir $here
LoadModule mpm_event_module $modules/mod_mpm_event.so
LoadModule authz_core_module $modules/mod_authz_core.so
LoadModule ssl_module $modules/mod_ssl.so
LoadModule http2_module $modules/mod_http2.so
LoadModule proxy_module $modules/mod_proxy.so
LoadModule proxy_http_module $modules/mod_proxy_http.so
User www-data
Group www-data
Listen 127.0.0.1:27392
Protocols h2 http/1.1
SSLEngine on
SSLCertificateFile $here/cert.pem
SSLCertificateKeyFile $here/key.pem
ProxyPass / http://127.0.0.1:27391/
CONF

apache2 -v | head -1
node backend.mjs &
backend=$!
apache2 -f "$here/apache.conf" -D FOREGROUND &
apache=$!
for _ in $(seq 50); do node -e 'require("net").connect(27392, "127.0.0.1").once("connect", () => process.exit(0)).once("error", () => process.exit(1))' && break; sleep 0.2; done
node client.mjs

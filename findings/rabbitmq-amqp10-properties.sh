#!/usr/bin/env bash
# What becomes of the application properties of an AMQP 1.0 message whose consumer speaks
# AMQP 0-9-1: RabbitMQ as Debian 12 packages it, with its plugin rabbitmq_amqp1_0; rhea
# and amqplib from npm.
#
# One would expect each property as a header, as RabbitMQ 4 does it. In fact all of them
# are in one header, `x-amqp-1.0-app-properties`, in AMQP 1.0's encoding, and typed as
# text although it is none: a client that decodes texts as UTF-8 (amqplib) has lost its
# bytes. So a CloudEvent in binary content mode, as the AMQP binding tells it, arrives
# without an attribute. A body that is a string, and no data section, comes with three to
# six bytes of AMQP 1.0's encoding before it. What helps: structured content mode in a
# data section.
#
# Nothing outside a temporary folder is changed. Needs rabbitmq-server (apt-get install
# rabbitmq-server) and npm; takes half a minute. Exits with 1 when it is not so.
set -euo pipefail

here=$(mktemp -d)
server=/usr/lib/rabbitmq/bin/rabbitmq-server
ctl=/usr/lib/rabbitmq/bin/rabbitmqctl
[ -x "$server" ] || { echo 'apt-get install rabbitmq-server first'; exit 2; }
export ERL_EPMD_PORT=27390 ERL_EPMD_ADDRESS=127.0.0.1 LANG=C.UTF-8 HOME=$here RUNNING_UNDER_SYSTEMD=true RABBITMQ_LOGS=-
export RABBITMQ_NODENAME=properties@localhost RABBITMQ_DIST_PORT=27392 RABBITMQ_CONF_ENV_FILE=$here/rabbitmq-env.conf
export RABBITMQ_CONFIG_FILE=$here/rabbitmq.conf RABBITMQ_CONFIG_FILES=$here/conf.d RABBITMQ_ADVANCED_CONFIG_FILE=$here/advanced.config
export RABBITMQ_ENABLED_PLUGINS_FILE=$here/enabled_plugins RABBITMQ_MNESIA_BASE=$here/mnesia RABBITMQ_LOG_BASE=$here/log
export RABBITMQ_PID_FILE=$here/rabbitmq.pid

broker=
cleanup() {
  [ -z "$broker" ] || kill -9 -- "-$broker" 2>/dev/null || true
  epmd -port "$ERL_EPMD_PORT" -kill >/dev/null 2>&1 || true
  rm -rf "$here"
}
trap cleanup EXIT

printf 'listeners.tcp.default = 127.0.0.1:27391\n' >"$here/rabbitmq.conf"
printf '[rabbitmq_amqp1_0].\n' >"$here/enabled_plugins"
: >"$here/rabbitmq-env.conf"
(umask 277 && head -c 18 /dev/urandom | base64 >"$here/.erlang.cookie")
epmd -address 127.0.0.1 -port "$ERL_EPMD_PORT" -daemon
cd "$here"
npm install --silent --no-audit --no-fund rhea@3.0.4 amqplib@2.3.1
setsid "$server" >>"$here/out" 2>&1 &
broker=$!
for _ in $(seq 60); do "$ctl" -q await_startup --timeout 90 >/dev/null 2>&1 && break; sleep 1; done
"$ctl" version

cat >ask.mjs <<'JS'
import { once } from 'node:events';
import { connect } from 'amqplib';
import rhea from 'rhea';

const port = process.argv[2] ?? 27391;
const reader = await connect(`amqp://guest:guest@127.0.0.1:${port}`);
const channel = await reader.createChannel();
await channel.assertQueue('read', { exclusive: true });
await channel.bindQueue('read', 'amq.topic', 'told');

const writer = rhea.create_container().connect({ host: '127.0.0.1', port, username: 'guest', password: 'guest', reconnect: false });
const sender = writer.open_sender('/exchange/amq.topic/told');
await once(sender, 'sendable');
const application_properties = { 'cloudEvents:specversion': '1.0', 'cloudEvents:id': 'e-1' };
const bytes = rhea.message.data_section(Buffer.from('{"n":1}'));
for (const body of [bytes, '{"n":1}']) {
  sender.send({ body, content_type: 'application/json', application_properties });
  await once(sender, 'accepted');
}
writer.close();

const [inBytes, inText] = [await channel.get('read', { noAck: true }), await channel.get('read', { noAck: true })];
const { headers } = inBytes.properties;
console.log('headers:', Object.keys(headers).join(' '));
console.log('body of a data section:', inBytes.content.toString());
console.log('body of a string:', JSON.stringify(inText.content.toString('latin1')));
const hidden = headers['x-amqp-1.0-app-properties'];
const lost = typeof hidden === 'string' && hidden.includes('\ufffd') && hidden.includes('cloudEvents:id');
const so = lost && headers['cloudEvents:id'] === undefined && inBytes.content.toString() === '{"n":1}' && inText.content.length > 7;
console.log(so ? 'as described: no property is a header, and the one header has lost bytes' : 'it is not so any more');
await reader.close();
process.exit(so ? 0 : 1);
JS
node ask.mjs

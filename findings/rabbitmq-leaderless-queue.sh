#!/usr/bin/env bash
# What a quorum queue without a leader says, to a client that has every right to ask: RabbitMQ as Debian 12 packages it, amqplib from npm.
#
# A quorum queue has no leader for a moment after its broker has restarted, and for as long as most of its nodes are away. One would expect
# an error, or an answer as soon as there is a leader. In fact:
# - `queue.declare` (passive) may answer at once that there are 0 messages, whatever is in the queue;
# - `basic.get` may get no answer for 65 s, though a leader is elected meanwhile (seen after a restart); then the broker closes the whole
#   connection (541), with every other channel on it.
# So "no messages" from a broker that has just come back proves nothing, and every question needs a time limit and a connection to spare.
#
# Here two nodes share two queues of three messages, and one node is killed: the other has no majority. Nothing outside a temporary folder
# is changed. Needs rabbitmq-server (apt-get install rabbitmq-server) and npm; takes about 90 s. Exits with 1 when it behaves otherwise.
set -euo pipefail

here=$(mktemp -d)
server=/usr/lib/rabbitmq/bin/rabbitmq-server
ctl=/usr/lib/rabbitmq/bin/rabbitmqctl
export ERL_EPMD_PORT=27190 ERL_EPMD_ADDRESS=127.0.0.1 LANG=C.UTF-8 HOME=$here RUNNING_UNDER_SYSTEMD=true RABBITMQ_LOGS=-
[ -x "$server" ] || { echo 'apt-get install rabbitmq-server first'; exit 2; }

cleanup() {
  for pid in "$here"/*.pid; do kill -9 -- "-$(cat "$pid")" 2>/dev/null || true; done
  epmd -port "$ERL_EPMD_PORT" -kill >/dev/null 2>&1 || true
  rm -rf "$here"
}
trap cleanup EXIT

# start NAME PORT DISTRIBUTION-PORT
start() {
  local own=$here/$1
  mkdir -p "$own"
  printf 'listeners.tcp.default = 127.0.0.1:%s\n' "$2" >"$own/rabbitmq.conf"
  printf '[].\n' >"$own/enabled_plugins"
  : >"$own/rabbitmq-env.conf"
  RABBITMQ_NODENAME=$1@localhost RABBITMQ_DIST_PORT=$3 RABBITMQ_CONF_ENV_FILE=$own/rabbitmq-env.conf RABBITMQ_CONFIG_FILE=$own/rabbitmq.conf \
    RABBITMQ_CONFIG_FILES=$own/conf.d RABBITMQ_ADVANCED_CONFIG_FILE=$own/advanced.config RABBITMQ_PID_FILE=$own/pid \
    RABBITMQ_ENABLED_PLUGINS_FILE=$own/enabled_plugins RABBITMQ_MNESIA_BASE=$own/mnesia RABBITMQ_LOG_BASE=$own/log \
    setsid "$server" >"$own/out" 2>&1 &
  echo $! >"$here/$1.pid"
  for _ in $(seq 60); do "$ctl" -q -n "$1@localhost" await_startup --timeout 90 >/dev/null 2>&1 && return; sleep 1; done
  echo "$1 did not start" && exit 2
}

(umask 277 && head -c 18 /dev/urandom | base64 >"$here/.erlang.cookie")
epmd -address 127.0.0.1 -port "$ERL_EPMD_PORT" -daemon
start one 27191 27193
start two 27192 27194
for step in stop_app 'join_cluster one@localhost' start_app; do "$ctl" -q -n two@localhost $step; done
echo "RabbitMQ $("$ctl" -q -n one@localhost version)"

cd "$here"
npm install --silent --no-audit --no-fund amqplib@2.3.1
cat >ask.mjs <<'JS'
import { connect } from 'amqplib';

const ask = async (what, question) => {
  const began = performance.now();
  const answer = await question().catch((error) => error.message);
  const seconds = Math.round((performance.now() - began) / 1000);
  console.log(`${what}: ${JSON.stringify(answer)}, after ${seconds} s`);
  return { answer, seconds };
};
const open = async (port) => {
  const connection = await connect(`amqp://guest:guest@127.0.0.1:${port}`);
  connection.on('error', (error) => console.log(`  the connection was closed with ${error.code}`));
  const channel = await connection.createConfirmChannel();
  channel.on('error', () => undefined);
  return channel;
};
const look = (channel, queue) => async () => (await channel.checkQueue(queue)).messageCount;

if (process.argv[2] === 'fill') {
  // The node that is asked to declare a queue leads it.
  for (const [queue, port] of [['led-here', 27191], ['led-there', 27192]]) {
    const channel = await open(port);
    await channel.assertQueue(queue, { durable: true, arguments: { 'x-queue-type': 'quorum' } });
    for (let count = 0; count < 3; count += 1) channel.sendToQueue(queue, Buffer.from('m'), { persistent: true });
    await channel.waitForConfirms();
    await ask(`passive declare of ${queue}, while all is well: messages`, look(channel, queue));
  }
  process.exit(0);
}
const channel = await open(27191);
const looked = await ask('passive declare of led-there, whose leader is gone: messages', look(channel, 'led-there'));
const got = await ask('basic.get of led-here, whose leader has no majority', () => channel.get('led-here'));
process.exit(looked.answer === 0 && looked.seconds < 5 && got.seconds >= 60 ? 0 : 1);
JS
node ask.mjs fill
kill -9 -- "-$(cat two.pid)"
sleep 5
node ask.mjs

#!/usr/bin/env bash
# What becomes of a quorum queue whose broker is killed while it is being declared:
# RabbitMQ as Debian 12 packages it, amqplib from npm.
#
# One would expect that the queue is there afterwards, or is not, and that declaring it
# once more settles it. In fact it may be there without a leader, for good: declaring it
# again succeeds, a message for it is never confirmed, `basic.get` and `basic.consume` are
# never answered. Its Raft server was stored, but not its first election; after the
# restart it waits for a leader, being the only one who could be it. What helps:
# `rabbitmqctl eval "ra:trigger_election({'%2F_NAME', node()})."`, or deleting the queue,
# in which there can be no message.
#
# Here queues are declared until the broker is killed in the middle of it, a few times.
# Nothing outside a temporary folder is changed. Needs rabbitmq-server (apt-get install
# rabbitmq-server) and npm; takes a minute or two. Exits with 1 when no such queue was
# found.
set -euo pipefail

here=$(mktemp -d)
server=/usr/lib/rabbitmq/bin/rabbitmq-server
ctl=/usr/lib/rabbitmq/bin/rabbitmqctl
[ -x "$server" ] || { echo 'apt-get install rabbitmq-server first'; exit 2; }
export ERL_EPMD_PORT=27290 ERL_EPMD_ADDRESS=127.0.0.1 LANG=C.UTF-8 HOME=$here RUNNING_UNDER_SYSTEMD=true RABBITMQ_LOGS=-
export RABBITMQ_NODENAME=declaring@localhost RABBITMQ_DIST_PORT=27292 RABBITMQ_CONF_ENV_FILE=$here/rabbitmq-env.conf
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

start() {
  setsid "$server" >>"$here/out" 2>&1 &
  broker=$!
  for _ in $(seq 60); do "$ctl" -q await_startup --timeout 90 >/dev/null 2>&1 && return; sleep 1; done
  echo 'the broker did not start' && exit 2
}

printf 'listeners.tcp.default = 127.0.0.1:27291\n' >"$here/rabbitmq.conf"
printf '[].\n' >"$here/enabled_plugins"
: >"$here/rabbitmq-env.conf"
(umask 277 && head -c 18 /dev/urandom | base64 >"$here/.erlang.cookie")
epmd -address 127.0.0.1 -port "$ERL_EPMD_PORT" -daemon
cd "$here"
npm install --silent --no-audit --no-fund amqplib@2.3.1
cat >ask.mjs <<'JS'
import { connect } from 'amqplib';

const [, , what, round] = process.argv;
const quorum = { durable: true, arguments: { 'x-queue-type': 'quorum' } };
const open = async () => {
  const connection = await connect('amqp://guest:guest@127.0.0.1:27291');
  connection.on('error', () => undefined);
  const channel = await connection.createConfirmChannel();
  channel.on('error', () => undefined);
  return channel;
};
const within = (seconds, answer) => Promise.race([answer, new Promise((resolve) => setTimeout(resolve, seconds * 1000, 'no answer'))]);

if (what === 'declare') {
  const channel = await open();
  for (let count = 0; ; count += 1) await channel.assertQueue(`round-${round}-${count}`, quorum);
}
let found = 0;
for (const queue of what.split('\n').filter(Boolean)) {
  const channel = await open();
  const got = await within(5, channel.get(queue));
  if (got !== 'no answer') continue;
  found += 1;
  const other = await open();
  const declared = await within(5, other.assertQueue(queue, quorum));
  const confirmed = await within(5, new Promise((resolve) => other.sendToQueue(queue, Buffer.from('m'), {}, () => resolve('confirmed'))));
  console.log(`${queue}: declared again ${JSON.stringify(declared)}; a message: ${confirmed}; basic.get: ${got}`);
}
process.exit(found);
JS

start
echo "RabbitMQ $("$ctl" -q version)"
for round in 1 2 3 4 5 6; do
  node ask.mjs declare "$round" >/dev/null 2>&1 &
  sleep 1.$round
  kill -9 -- "-$broker"
  wait "$!" 2>/dev/null || true
  start
  sleep 10
  last=$("$ctl" -q list_queues --no-table-headers name | grep "^round-$round-" | sort -t- -k3 -n | tail -2)
  node ask.mjs "$last" && continue
  echo "after $round kills: a queue without a leader for 10 s and more"
  for queue in $last; do "$ctl" -q eval "ra:trigger_election({'%2F_$queue', node()})." >/dev/null; done
  sleep 2
  node ask.mjs "$last" && echo 'after ra:trigger_election: every question is answered' && exit 0
  exit 1
done
echo 'every queue has a leader'
exit 1

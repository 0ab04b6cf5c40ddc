import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Recipe } from '../processes/managed-process.js';
import { replaceFile } from '../replace-file.js';
import { type BrokerSource } from './broker-source.js';
import { brokerDefinitions } from './definitions.js';
import { type RabbitmqOptions, brokerSettings } from './settings.js';

/**
 * Runs an installed RabbitMQ with a port mapper, cookie, node name and home of its own,
 * so that it neither disturbs another broker on this machine nor reads its settings.
 * @returns the processes to start, in order
 */
export function localRecipes(
  source: BrokerSource & { kind: 'local' },
  options: RabbitmqOptions,
): readonly Recipe[] {
  const { folder, ports } = options;
  const inside = (name: string): string => join(folder, name);
  for (const name of ['mnesia', 'log', 'conf.d'])
    mkdirSync(inside(name), { recursive: true, mode: 0o700 });
  replaceFile(inside('definitions.json'), brokerDefinitions(options.passwords, options.vhosts));
  writeFileSync(
    inside('rabbitmq.conf'),
    brokerSettings(`127.0.0.1:${ports.amqp}`, inside('definitions.json')),
  );
  writeFileSync(inside('enabled_plugins'), '[].\n');
  writeFileSync(inside('rabbitmq-env.conf'), '');
  // The cookie permits running code as the broker, and the one that Erlang would generate
  // can be guessed.
  if (!existsSync(inside('.erlang.cookie')))
    writeFileSync(inside('.erlang.cookie'), randomBytes(24).toString('hex'), { mode: 0o400 });
  const env = environment(options, inside);
  return [
    {
      name: 'epmd',
      command: source.epmd,
      args: ['-address', '127.0.0.1', '-port', String(ports.epmd)],
      env,
      cwd: folder,
    },
    { name: 'rabbitmq', command: source.server, args: [], env, cwd: folder, timeoutMs: 30_000 },
  ];
}

/** The environment of the broker and of its port mapper. */
function environment(
  { folder, ports, node = 'stack' }: RabbitmqOptions,
  inside: (name: string) => string,
): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    LANG: 'C.UTF-8',
    HOME: folder,
    ERL_EPMD_PORT: String(ports.epmd),
    ERL_EPMD_ADDRESS: '127.0.0.1',
    // A broker that boots without its port mapper would start one. The launcher would not
    // own it, and could never start its own again.
    ERL_AFLAGS: '-start_epmd false',
    ERL_CRASH_DUMP_SECONDS: '0',
    RABBITMQ_NODENAME: `${node}@localhost`,
    RABBITMQ_DIST_PORT: String(ports.distribution),
    RABBITMQ_CONF_ENV_FILE: inside('rabbitmq-env.conf'),
    RABBITMQ_CONFIG_FILE: inside('rabbitmq.conf'),
    RABBITMQ_CONFIG_FILES: inside('conf.d'),
    RABBITMQ_ADVANCED_CONFIG_FILE: inside('advanced.config'),
    RABBITMQ_ENABLED_PLUGINS_FILE: inside('enabled_plugins'),
    RABBITMQ_MNESIA_BASE: inside('mnesia'),
    RABBITMQ_LOG_BASE: inside('log'),
    RABBITMQ_LOGS: '-',
    RABBITMQ_PID_FILE: inside('pid'),
    // Has the script exec the broker instead of waiting for it in a shell: the process
    // that we start, watch and kill is the broker itself.
    RUNNING_UNDER_SYSTEMD: 'true',
    // Listens on this machine alone, and does not spin while idle.
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS:
      '-kernel inet_dist_use_interface {127,0,0,1} +sbwt none +sbwtdcpu none +sbwtdio none',
  };
}

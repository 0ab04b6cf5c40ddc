import { type BrokerUser } from './definitions.js';

export interface RabbitmqOptions {
  /** Of an installed broker, before its `@localhost`; default `stack`. */
  readonly node?: string;
  /** The broker's data; created if missing. */
  readonly folder: string;
  /** AMQP, the Erlang distribution, and epmd, its port mapper: all on 127.0.0.1. */
  readonly ports: { readonly amqp: number; readonly distribution: number; readonly epmd: number };
  readonly passwords: Readonly<Record<BrokerUser, string>>;
  /** Virtual hosts besides `/`; default none. */
  readonly vhosts?: readonly string[];
}

/**
 * rabbitmq.conf for 3.10 and 4.x.
 * @param listen address and port for AMQP
 * @param definitions path of the definitions file, which is imported at every boot
 */
export const brokerSettings = (listen: string, definitions: string): string =>
  [
    `listeners.tcp.1 = ${listen}`,
    `load_definitions = ${definitions}`,
    'log.console.level = warning',
    // 64 MiB instead of 512, which is what the write-ahead log would
    // fill before it ever shrinks.
    'raft.wal_max_size_bytes = 67108864',
    '',
  ].join('\n');

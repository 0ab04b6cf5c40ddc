import { type Ports } from './ports.js';
import { type StackPaths } from './paths.js';
import { type GivenServers } from './given-servers.js';
import { type Supervisor } from './processes/supervisor.js';
import { type Reporter } from './reporter.js';

export interface ServersOptions {
  readonly paths: StackPaths;
  readonly env: NodeJS.ProcessEnv;
  readonly given: GivenServers;
  /**
   * For tests: fast instead of durable, and the owners may create databases and roles.
   */
  readonly throwaway: boolean;
  /** Of our own broker, besides `/`. */
  readonly vhosts: readonly string[];
  readonly supervisor: Supervisor;
  readonly reporter: Reporter;
  readonly ports: Ports;
  /** The broker, whose boot occupies a processor for seconds, boots after this. */
  readonly beforeBroker: Promise<void>;
}

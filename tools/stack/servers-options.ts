import { type Ports } from './ports.js';
import { type StackPaths } from './paths.js';
import { type GivenServers } from './given-servers.js';
import { type Supervisor } from './processes/supervisor.js';
import { type Reporter } from './reporter.js';

export interface ServersOptions {
  readonly paths: StackPaths;
  readonly env: NodeJS.ProcessEnv;
  readonly given: GivenServers;
  /** For tests: quicker than durable, and the owners may make databases and roles. */
  readonly throwaway: boolean;
  /** Of an own broker, beside `/`. */
  readonly vhosts: readonly string[];
  readonly supervisor: Supervisor;
  readonly reporter: Reporter;
  readonly ports: Ports;
  /** What the broker's boot, which keeps a processor busy for seconds, waits for. */
  readonly beforeBroker: Promise<void>;
}

import { rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { LauncherError } from './launcher-error.js';
import { readGivenServers } from './given-servers.js';
import { Latch } from './latch.js';
import { type StackPaths, repositoryRoot, stackPaths } from './paths.js';
import { Ports } from './ports.js';
import { takeLock } from './processes/launcher-lock.js';
import { ProcessJournal, stopLeftovers } from './processes/process-journal.js';
import { Supervisor } from './processes/supervisor.js';
import { replaceFile } from './replace-file.js';
import { type Reporter } from './reporter.js';
import { type Servers, startServers } from './servers.js';
import { chooseGatewayPort } from './services/gateway-port.js';
import { readReplicas } from './services/replicas.js';
import { type RunningServices, startServices } from './services/start-services.js';
import { describeStack, type StackDescription } from './stack-file.js';

interface StackOptions {
  /** The stack's data; one launcher at a time may use it. */
  readonly folder: string;
  /** Replaces the process's environment. */
  readonly env: NodeJS.ProcessEnv;
  readonly reporter: Reporter;
  /** Of the variables that name given servers: `TEST_` for tests. */
  readonly prefix?: '' | 'TEST_';
  /** Whether our own servers are fast instead of durable. */
  readonly throwaway?: boolean;
  /** Virtual hosts of our own broker, besides `/`; default none. */
  readonly vhosts?: readonly string[];
  /** Top folder of a built clone; default this one. */
  readonly root?: string;
}

/**
 * Services end first, since they have work to finish; then the servers; then the
 * processes that these depend on.
 */
const stopOrder = [
  ['gateway', 'tickets', 'credentials'],
  ['rabbitmq', 'postgres'],
];

/**
 * Processors on which three services and a broker start at once without slowing each
 * other.
 */
const enoughProcessors = 6;

/**
 * Servers and services that are started, kept running and stopped together.
 * Used by `npm start` and by every test that needs the whole system.
 */
export class Stack {
  readonly paths: StackPaths;
  private readonly journal;
  private readonly supervisor;
  private readonly releaseLock;
  private readonly ports = new Ports();
  private servers: Servers | undefined;
  private services: RunningServices | undefined;
  private stopped: Promise<void> | undefined;

  /** @throws LauncherError when a launcher works in this folder already */
  constructor(private readonly options: StackOptions) {
    this.paths = stackPaths(options.folder);
    this.releaseLock = takeLock(this.paths.lock);
    this.journal = new ProcessJournal(this.paths.journal);
    const { reporter } = options;
    const onChange = this.writeStackFile.bind(this);
    this.supervisor = new Supervisor({
      logs: this.paths.logs,
      journal: this.journal,
      reporter,
      onChange,
    });
  }

  /**
   * Starts the servers alone. Resolves when the databases are there;
   * the broker may still boot.
   */
  async startServers(): Promise<Servers> {
    await this.cleanUp();
    return this.launchServers(Promise.resolve());
  }

  /** Starts everything. Resolves when every service answers. */
  async start(): Promise<StackDescription> {
    const { paths, supervisor, ports } = this;
    const { env, reporter, root = repositoryRoot() } = this.options;
    const replicas = readReplicas(env);
    await this.cleanUp();
    const gatewayPort = await chooseGatewayPort(env, replicas.gateway, this.ports);
    // No service waits for the broker. On few processors it boots after them, so that
    // they need not share the processors with it.
    const brokerMayBoot = new Latch();
    if (availableParallelism() >= enoughProcessors) brokerMayBoot.open();
    const servers = await this.launchServers(brokerMayBoot.opened);
    this.services = await startServices({
      paths,
      env,
      reporter,
      supervisor,
      build: { root },
      servers,
      replicas,
      gatewayPort,
      ports,
    });
    brokerMayBoot.open();
    this.writeStackFile();
    return this.description;
  }

  /** Whether both databases and the broker are ours. */
  get ownsServers(): boolean {
    return this.servers?.own ?? false;
  }

  /** Resolves when the broker answers; rejects when it does not start. */
  get brokerReady(): Promise<void> {
    return this.servers?.brokerReady ?? Promise.reject(new LauncherError('The stack is not up.'));
  }

  get description(): StackDescription {
    const { servers, services, paths } = this;
    if (servers === undefined || services === undefined)
      throw new LauncherError('The stack is not up.');
    const keyringDir = this.options.env['KEYRING_DIR'] ?? paths.keyring;
    return describeStack(services, servers, {
      keyringDir,
      logsDir: paths.logs,
      pids: this.supervisor.pids(),
    });
  }

  /** Stops everything in order. Idempotent. */
  stop(): Promise<void> {
    return (this.stopped ??= this.stopAll());
  }

  /** Kills what has not stopped yet. */
  stopNow(): void {
    this.supervisor.stopNow();
  }

  /**
   * Stops the processes of a killed launcher, which hold ports and data that we need.
   */
  private async cleanUp(): Promise<void> {
    const left = await stopLeftovers(this.paths.journal);
    if (left.length > 0)
      this.options.reporter.say(`Stopped what the last run left behind: ${left.join(', ')}.`);
    rmSync(this.paths.stackFile, { force: true });
  }

  private async launchServers(beforeBroker: Promise<void>): Promise<Servers> {
    const { paths, supervisor, ports } = this;
    const { env, reporter, prefix = '', throwaway = false, vhosts = [] } = this.options;
    const given = readGivenServers(env, prefix);
    this.servers = await startServers({
      paths,
      env,
      given,
      throwaway,
      vhosts,
      supervisor,
      reporter,
      ports,
      beforeBroker,
    });
    return this.servers;
  }

  private async stopAll(): Promise<void> {
    await this.supervisor.stop(stopOrder);
    rmSync(this.paths.stackFile, { force: true });
    // The commands cannot reach our own servers any more; given ones still run.
    if (!this.ownsServers) rmSync(this.paths.commandEnvironments, { force: true });
    this.journal.close();
    this.ports.release();
    this.releaseLock();
  }

  private writeStackFile(): void {
    if (this.services === undefined || this.stopped !== undefined) return;
    replaceFile(this.paths.stackFile, `${JSON.stringify(this.description, null, 2)}\n`);
  }
}

import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import pg from 'pg';
import { type CommandEnvironments } from '../../tools/stack/command-environments.js';
import { superuser } from '../../tools/stack/postgres/cluster.js';
import { QuietReporter } from '../../tools/stack/reporter.js';
import { loadSecrets } from '../../tools/stack/secrets.js';
import { Stack } from '../../tools/stack/stack.js';
import { makeTestFolder, removeTestFolder } from '../../tools/stack/test-folder.js';
import { type Answer, People, send } from '../support/api.js';
import { testBrokerUrl } from '../support/broker.js';

const withoutDatabases = Object.entries(process.env).filter(
  ([name]) => !name.endsWith('_DATABASE_URL'),
);

/** The whole system on a database server of its own, whose files can be looked at. */
export class OwnStack {
  private readonly people: People;
  /** As the superuser of the server, in the database of `credentials`. */
  readonly database: pg.Client;

  private constructor(
    readonly folder: string,
    private readonly stack: Stack,
  ) {
    this.people = new People(stack.description.gatewayUrl);
    const url = new URL(stack.description.databaseUrls.credentials);
    url.username = superuser;
    url.password = this.password;
    this.database = new pg.Client({ connectionString: url.href });
  }

  static async start(env: NodeJS.ProcessEnv = {}): Promise<OwnStack> {
    const folder = makeTestFolder();
    const common = { NODE_OPTIONS: undefined, LOG_LEVEL: 'warn', RABBITMQ_URL: testBrokerUrl() };
    const all = { ...Object.fromEntries(withoutDatabases), ...common, ...env };
    const stack = new Stack({ folder, env: all, reporter: new QuietReporter(), throwaway: true });
    await stack.start();
    const own = new OwnStack(folder, stack);
    await own.database.connect();
    return own;
  }

  get password(): string {
    return loadSecrets(this.stack.paths).postgres;
  }

  get ring(): string {
    return this.stack.description.keyringDir;
  }

  /** Of the processes of a service. */
  pids(service: string): readonly number[] {
    return this.stack.description.pids[service] ?? [];
  }

  /** The files of the database server. */
  get data(): string {
    return `${this.stack.paths.postgres}/data`;
  }

  async call(actor: string, method: string, path: string, body?: unknown): Promise<Answer> {
    return send(this.stack.description.gatewayUrl, {
      method,
      path,
      body,
      headers: await this.people.authorization(actor),
    });
  }

  /** A ticket of customer-1 that agent-1 has taken. @returns its path */
  async ticket(): Promise<string> {
    const { body } = await this.call('customer-1', 'POST', '/v1/tickets', {
      subject: 'Mail is down',
    });
    await this.call('agent-1', 'PATCH', `/v1/tickets/${body.id}`, { assigneeId: 'agent-1' });
    return `/v1/tickets/${body.id}`;
  }

  /** Lets an epoch pass, by the command of ops. */
  async rotate(): Promise<void> {
    const { credentials } = JSON.parse(
      readFileSync(this.stack.paths.commandEnvironments, 'utf8'),
    ) as CommandEnvironments;
    await promisify(execFile)(
      process.execPath,
      ['dist/apps/credentials/src/cli.js', 'keys', 'rotate'],
      { env: credentials },
    );
  }

  async stop(): Promise<void> {
    await this.database.end();
    await this.stack.stop();
    await removeTestFolder(this.folder);
  }
}

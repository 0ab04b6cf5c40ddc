import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';

interface Version {
  data: unknown;
  deletionTime: string;
  destroyed: boolean;
}

interface Answer {
  readonly status: number;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * What happens to a request: `lose` processes it and does not answer, `drop` does
 * neither, `hang` keeps the connection open.
 */
export type InjectedFault = 'lose' | 'drop' | 'hang' | Answer;

const none: Answer = { status: 404, body: { errors: [] } };
const done: Answer = { status: 204 };
const errors = (status: number, ...texts: string[]): Answer => ({
  status,
  body: { errors: texts },
});
const time = '2026-01-01T00:00:00.000000001Z';

/** The HTTP API of version 2 of the KV secrets engine of Vault and OpenBao. */
export class KvServer {
  token = 's.4711';
  sealed = false;
  /** One for each of the next requests; undefined for none. */
  readonly injectedFaults: (InjectedFault | undefined)[] = [];
  /** `METHOD path` of every request. */
  readonly requests: string[] = [];
  readonly secrets = new Map<string, Version[]>();

  private constructor(
    private readonly server: Server,
    private readonly mount: string,
  ) {
    server.on(
      'request',
      (request: IncomingMessage, response: ServerResponse) => void this.serve(request, response),
    );
  }

  static async start(mount = 'secret'): Promise<KvServer> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new KvServer(server, mount);
  }

  get url(): URL {
    return new URL(`http://127.0.0.1:${(this.server.address() as AddressInfo).port}`);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks = (await request.toArray()) as Buffer[];
    this.requests.push(`${request.method} ${request.url}`);
    const mishap = this.injectedFaults.shift();
    if (mishap === 'drop') return void request.socket.destroy();
    const answer =
      typeof mishap === 'object'
        ? mishap
        : this.answer(request, chunks.length > 0 ? JSON.parse(chunks.join('')) : undefined);
    if (mishap === 'hang') return;
    if (mishap === 'lose') return void request.socket.destroy();
    response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
    response.end(answer.body && JSON.stringify({ request_id: '1', ...answer.body }));
  }

  private answer({ method, url = '', headers }: IncomingMessage, body: any): Answer {
    if (this.sealed) return errors(503, 'Vault is sealed');
    if (headers['x-vault-token'] !== this.token)
      return errors(403, '2 errors occurred:\n\t* permission denied\n\t* invalid token\n\n');
    const { pathname, searchParams } = new URL(url, this.url);
    const [, verb, path = ''] =
      new RegExp(`^/v1/${this.mount}/(data|metadata|destroy|delete|undelete)/(.+)$`).exec(
        pathname,
      ) ?? [];
    const acts: Readonly<Record<string, () => Answer>> = {
      'POST data': () => this.write(path, body),
      'GET data': () => this.read(path, Number(searchParams.get('version') ?? 0)),
      'POST destroy': () => this.change(path, body, { data: null, destroyed: true }),
      'POST delete': () => this.change(path, body, { deletionTime: time }),
      'POST undelete': () => this.change(path, body, { deletionTime: '' }),
      'DELETE metadata': () => this.forget(path),
      'GET metadata': () => (searchParams.get('list') === 'true' ? this.list(path) : none),
      'LIST metadata': () => this.list(path),
    };
    const act = acts[`${method === 'PUT' ? 'POST' : method} ${verb}`];
    return (
      act?.() ?? errors(404, `no handler for route "${pathname.slice(4)}". route entry not found.`)
    );
  }

  private write(
    path: string,
    { data, options = {} }: { data?: unknown; options?: { cas?: number } },
  ): Answer {
    const versions = this.secrets.get(path) ?? [];
    if (data === undefined) return errors(400, 'no data provided');
    if (options.cas !== undefined && options.cas !== versions.length)
      return errors(400, 'check-and-set parameter did not match the current version');
    this.secrets.set(path, [...versions, { data, deletionTime: '', destroyed: false }]);
    return { status: 200, body: { data: this.metadata(path, versions.length + 1) } };
  }

  /** A version that was deleted or destroyed is "not found", with its metadata. */
  private read(path: string, wanted: number): Answer {
    const number = wanted === 0 ? (this.secrets.get(path)?.length ?? 0) : wanted;
    const version = this.secrets.get(path)?.[number - 1];
    if (version === undefined) return none;
    const isGone = version.destroyed || version.deletionTime !== '';
    return {
      status: isGone ? 404 : 200,
      body: { data: { data: isGone ? null : version.data, metadata: this.metadata(path, number) } },
    };
  }

  private list(folder: string): Answer {
    const prefix = folder.endsWith('/') ? folder : `${folder}/`;
    const names = [...this.secrets.keys()]
      .filter((path) => path.startsWith(prefix))
      .map((path) => path.slice(prefix.length));
    const keys = [...new Set(names.map((name) => name.replace(/\/.*/, '/')))].sort();
    return keys.length === 0 ? none : { status: 200, body: { data: { keys } } };
  }

  /** Versions that do not exist are ignored. */
  private change(
    path: string,
    { versions }: { versions: readonly number[] },
    to: Partial<Version>,
  ): Answer {
    for (const number of versions) Object.assign(this.secrets.get(path)?.[number - 1] ?? {}, to);
    return done;
  }

  private forget(path: string): Answer {
    this.secrets.delete(path);
    return done;
  }

  private metadata(path: string, version: number): object {
    const { deletionTime, destroyed } = this.secrets.get(path)![version - 1]!;
    return {
      created_time: time,
      custom_metadata: null,
      deletion_time: deletionTime,
      destroyed,
      version,
    };
  }
}

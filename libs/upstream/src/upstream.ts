import { isIP } from 'node:net';
import { type Agent as AgentTypes, type Dispatcher, type Pool as PoolTypes } from 'undici';
import { Problem } from '#problem';
import { exchange, type UpstreamAnswer } from './exchange.js';
import { isConnectFailure, isLostConnection } from './failures.js';
import { Replicas } from './replicas.js';
import { Agent, lookUpNames, Pool } from './undici.js';
import { type UpstreamConfig } from './upstream-config.js';

export interface UpstreamRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Absolute path with its query, already encoded. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer | undefined;
  /** Whether a request other than GET changes nothing, so that it may be sent twice. */
  readonly isQuestion?: boolean;
}

/**
 * A host may have several addresses, and each attempt uses another; more attempts would
 * only make the caller wait.
 */
const maxAttempts = 4;
const namesKeptMs = 5000;
/**
 * 16 MiB: more than twice the longest page there is, of 100 replies whose every
 * character takes six bytes in JSON.
 */
const answerAtMost = 16 * 1024 * 1024;

/**
 * HTTP/1.1 to another of our services over kept-alive connections. Replicas are used in
 * turn; where one does not accept the connection, the next is tried, since nothing was
 * sent yet. A request whose connection broke later is repeated only if it changes
 * nothing. A replica that gave no answer is skipped for a while.
 */
export class Upstream {
  readonly name: string;
  private readonly replicas: Replicas;
  private readonly ways: ReadonlyMap<URL, Way>;

  constructor({
    name,
    urls,
    tls,
    connections = 64,
    connectTimeoutMs = 1000,
    answerTimeoutMs = 10_000,
  }: UpstreamConfig) {
    this.name = name;
    this.replicas = new Replicas(urls);
    const settings = {
      connections,
      pipelining: 1,
      headersTimeout: answerTimeoutMs,
      bodyTimeout: answerTimeoutMs,
      maxResponseSize: answerAtMost,
      connect: { timeout: connectTimeoutMs, ...tls },
    };
    this.ways = new Map(urls.map((url) => [url, wayTo(url, settings)]));
  }

  /** @throws Problem `unavailable` (503, with `Retry-After`) when no replica answers */
  async request(request: UpstreamRequest): Promise<UpstreamAnswer> {
    let failure: unknown;
    const attempts = Math.min(maxAttempts, Math.max(2, this.replicas.count));
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const replica = this.replicas.next();
      try {
        return await this.send(replica.url, request);
      } catch (error) {
        failure = error;
        this.replicas.avoid(replica);
        if (!isConnectFailure(error) && !(isLostConnection(error) && changesNothing(request)))
          break;
      }
    }
    throw new Problem('unavailable', `The ${this.name} service cannot be reached`, {
      cause: failure,
      headers: { 'retry-after': '2' },
    });
  }

  /** Ends idle connections at once and the others after their answers. */
  async close(): Promise<void> {
    await Promise.all([...this.ways.values()].map(({ dispatcher }) => dispatcher.close()));
  }

  private send(replica: URL, request: UpstreamRequest): Promise<UpstreamAnswer> {
    const { method, path, headers, body } = request;
    const way = this.ways.get(replica);
    if (way === undefined) throw new Error('a replica has a way to it');
    const { dispatcher, origin, prefix } = way;
    return exchange(dispatcher, {
      origin,
      path: prefix + path,
      method,
      headers,
      body: body ?? null,
    });
  }
}

/** How one replica is reached. */
interface Way {
  readonly dispatcher: Dispatcher;
  readonly origin: string;
  /** Of every path. */
  readonly prefix: string;
}

/** A name is looked up again and again; an address is not, and costs nothing to know. */
function wayTo(url: URL, settings: AgentTypes.Options & PoolTypes.Options): Way {
  const { origin, pathname, hostname } = url;
  const isAddress = isIP(hostname.replace(/^\[(.*)\]$/, '$1')) !== 0;
  return {
    dispatcher: isAddress
      ? new Pool(origin, settings)
      : new Agent(settings).compose(lookUpNames({ maxTTL: namesKeptMs })),
    origin,
    prefix: pathname.replace(/\/$/, ''),
  };
}

const changesNothing = ({ method, isQuestion = false }: UpstreamRequest): boolean =>
  method === 'GET' || isQuestion;

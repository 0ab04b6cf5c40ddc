import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEnvironment } from '#config';
import { type Role } from '#contracts';
import { listen, stop } from '#http-server';
import { DevTokenIssuer } from '#identity';
import { readGatewayConfig } from '../../../apps/gateway/src/config.js';
import { testBrokerUrl } from '../../support/broker.js';
import { createGatewayService } from '../../../apps/gateway/src/service.js';

export interface Received {
  readonly owner: string;
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/**
 * An owner of tickets or credentials that notes what it gets and answers as it is told.
 */
export class Owner {
  readonly received: Received[] = [];
  status = 200;
  headers: Record<string, string> = { 'content-type': 'application/json' };
  body = '{}';
  /** What it answers, and when. */
  answer: (received: Received) => Promise<Pick<Owner, 'status' | 'headers' | 'body'>> = () =>
    Promise.resolve(this);

  private constructor(
    readonly url: string,
    readonly server: Server,
  ) {}

  static async start(name: string): Promise<Owner> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { method = '', url = '', headers } = request;
        const received = {
          owner: name,
          method,
          url,
          headers,
          body: Buffer.concat(chunks).toString(),
        };
        // Not what a gateway asks for itself, whenever it likes.
        if (url !== '/livez') owner.received.push(received);
        void owner
          .answer(received)
          .then((answer) => response.writeHead(answer.status, answer.headers).end(answer.body));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const owner = new Owner(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, server);
    return owner;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

/** Without a page, unless a test brings one. */
const noPage = join(tmpdir(), 'no-page');

/** The gateway as it runs in production, with owners of ours behind it. */
export async function startGateway(environment: Record<string, string> = {}, page = noPage) {
  const [tickets, credentials] = [await Owner.start('tickets'), await Owner.start('credentials')];
  const config = readEnvironment(
    {
      AUTH_MODE: 'dev',
      AUTH_DEV_KEY_FILE: join(mkdtempSync(join(tmpdir(), 'gateway-')), 'dev.pem'),
      TICKETS_URL: tickets.url,
      CREDENTIALS_URL: credentials.url,
      RABBITMQ_URL: testBrokerUrl(),
      RATE_LIMIT_PER_ADDRESS: '0',
      LOG_LEVEL: 'silent',
      // Asked of an owner that does not know the question.
      CHANGES_SECONDS: '0',
      ...environment,
    },
    readGatewayConfig,
  );
  const service = await createGatewayService(config, page);
  const url = await listen(service, { host: '127.0.0.1', port: 0 });
  const issuer = config.identity.mode === 'dev' ? new DevTokenIssuer(config.identity) : undefined;
  return {
    ...service,
    url,
    tickets,
    credentials,
    bearer: async (sub: string, ...roles: Role[]) => ({
      authorization: `Bearer ${(await issuer?.issue(sub, roles)) ?? ''}`,
    }),
    close: async () => {
      tickets.stop();
      credentials.stop();
      await stop(service);
    },
  };
}

export type Gateway = Awaited<ReturnType<typeof startGateway>>;

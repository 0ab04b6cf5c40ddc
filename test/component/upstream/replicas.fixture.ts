import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { Upstream } from '#upstream';

const servers: Server[] = [];
const upstreams: Upstream[] = [];
export async function closeAll(): Promise<void> {
  await Promise.all(upstreams.splice(0).map((upstream) => upstream.close()));
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
}

export interface Replica {
  readonly url: URL;
  readonly server: Server;
  requests: number;
  connections: number;
}

/** A real server; counts what reaches it. */
export async function replica(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Replica> {
  const server = createServer((request, response) => {
    facts.requests += 1;
    answer(request, response);
  });
  server.on('connection', () => (facts.connections += 1));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  servers.push(server);
  const facts: Replica = {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    server,
    requests: 0,
    connections: 0,
  };
  return facts;
}

export const named = (name: string) => replica((_request, response) => response.end(name));
/** Where nobody listens any more. */
export async function dead(): Promise<URL> {
  const { url, server } = await named('dead');
  await new Promise((resolve) => server.close(resolve));
  return url;
}

export function upstreamOf(urls: readonly URL[], answerTimeoutMs = 5000): Upstream {
  const upstream = new Upstream({ name: 'tickets', urls, tls: undefined, answerTimeoutMs });
  upstreams.push(upstream);
  return upstream;
}

import { type IncomingHttpHeaders, request } from 'node:http';
import { startSystem, type System } from '../e2e/system.js';
import { People } from '../support/api.js';
import { waitFor } from '../support/wait-for.js';

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The text as JSON, where it is some. */
  readonly body: any;
}

interface RawCall {
  readonly method: string;
  readonly path: string;
  /** Sent as it is. */
  readonly body?: string | Buffer | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  /** An address of this machine to call from; default its usual one. */
  readonly from?: string;
}

/**
 * What fetch would tidy on the way goes out as it is: paths, methods,
 * headers, and bodies of any method.
 */
export function sendRaw(
  url: string,
  { method, path, body, headers = {}, from }: RawCall,
): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  const length: Record<string, string> =
    body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  return new Promise((resolve, reject) => {
    const call = request(
      {
        hostname,
        port,
        method,
        path,
        headers: { ...length, ...headers },
        agent: false,
        localAddress: from,
      },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            text,
            body: parsed(text),
          });
        });
      },
    );
    call.on('error', reject);
    call.end(body);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export interface Stage extends System {
  raw(
    actor: string | null,
    method: string,
    path: string,
    body?: string | Buffer,
    headers?: Record<string, string>,
  ): Promise<RawAnswer>;
  /**
   * A ticket that agent-1 has taken, which stands in its log already: its path, and that
   * of its credentials.
   * @param requester default customer-1
   */
  ticket(requester?: string): Promise<{ readonly ticket: string; readonly credentials: string }>;
  /**
   * Ends such a ticket, whose credentials are gone then: until the end has arrived, much
   * is still permitted by a lease.
   */
  end(ticket: string, status: 'resolved' | 'closed'): Promise<void>;
}

/**
 * The whole system, with no limits on rates unless `extra` says so, seen from outside.
 */
export async function openStage(extra: NodeJS.ProcessEnv = {}): Promise<Stage> {
  const system = await startSystem({
    RATE_LIMIT_PER_ADDRESS: '0',
    RATE_LIMIT_REVEALS: '0',
    RATE_LIMIT_SUBMITS: '0',
    ...extra,
  });
  const people = new People(system.url);
  return {
    ...system,
    raw: async (actor, method, path, body, headers) => {
      const json: Record<string, string> =
        body === undefined ? {} : { 'content-type': 'application/json' };
      return sendRaw(system.url, {
        method,
        path,
        body,
        headers: { ...(await people.authorization(actor)), ...json, ...headers },
      });
    },
    ticket: async (requester = 'customer-1') => {
      const { body } = await system.call(requester, 'POST', '/v1/tickets', {
        subject: 'Shop is down',
      });
      const ticket = `/v1/tickets/${body.id}`;
      await system.call('agent-1', 'PATCH', ticket, { assigneeId: 'agent-1' });
      // By an event, which may take a while to arrive: nobody is to
      // be surprised by it later.
      await waitFor(
        async () =>
          (await system.call(requester, 'GET', `${ticket}/access-log`)).body.items.length > 0,
      );
      return { ticket, credentials: `${ticket}/credentials` };
    },
    end: async (ticket, status) => {
      await system.call('agent-1', 'PATCH', ticket, { status });
      await waitFor(
        async () =>
          (await system.call('agent-1', 'GET', `${ticket}/credentials`)).body.items.length === 0,
      );
    },
  };
}

import { problemOf, toProblem } from './problem.js';
import { type components } from './schema.js';
import { tokenFrom, type TokenNeed, type TokenSource } from './token.js';
import { type Api, type CallOptions, type CallResult } from './typed-calls.js';

export type { Api };

type Schemas = components['schemas'];
export type Ticket = Schemas['TicketResponse'];
export type CredentialSummary = Schemas['CredentialSummaryResponse'];
export type RevealedCredential = Schemas['RevealedCredentialResponse'];
export type CredentialRequest = Schemas['CredentialRequestResponse'];
export type AccessLogEntry = Schemas['AccessLogEntryResponse'];
export type Receipt = Schemas['DestructionReceiptResponse'];
export type NewCredential = Schemas['SubmitCredentialRequest'];

/** How long to wait for the beginning of an answer, in ms. */
const answerTimeoutMs = 30_000;

interface ApiOptions {
  /** The API without `/v1`; empty for the origin of the page. */
  readonly baseUrl: string;
  readonly token: TokenSource;
}

/** The API, typed by its OpenAPI document. Wrap each call in `answer`. */
export function createApi({ baseUrl, token }: ApiOptions): Api {
  const call =
    (method: string) =>
    async (pattern: string, options: CallOptions = {}): Promise<CallResult<never>> => {
      const response = await fetchAsBearer(
        buildRequest(baseUrl, method, pattern, options),
        token,
        answerTimeoutMs,
      );
      const content = parseJson(await response.text());
      // Not validated: the OpenAPI document promises the type.
      return response.ok ? { data: content as never, response } : { error: content, response };
    };
  return { GET: call('GET'), POST: call('POST'), PATCH: call('PATCH'), DELETE: call('DELETE') };
}

/** The base URL without a slash at its end. */
export const rootOf = (baseUrl: string): string => baseUrl.replace(/\/$/, '');

function buildRequest(
  baseUrl: string,
  method: string,
  pattern: string,
  { params = {}, body, signal }: CallOptions,
): Request {
  const path = pattern.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(params.path?.[name] ?? ''),
  );
  const query = new URLSearchParams(
    Object.entries(params.query ?? {}).map(([name, value]) => [name, String(value)]),
  ).toString();
  return new Request(rootOf(baseUrl) + path + (query && `?${query}`), {
    method,
    headers: {
      ...params.header,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    // This limit includes the body, which may stall after the headers.
    signal: AbortSignal.any([
      AbortSignal.timeout(2 * answerTimeoutMs),
      ...(signal ? [signal] : []),
    ]),
  });
}

/** A body that is not JSON comes from a proxy. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Sends a request with a bearer token. If the token is refused, it asks for another one
 * and sends the request once more.
 * @param timeoutMs until the answer begins; its body, such as a stream, has no limit here
 */
export async function fetchAsBearer(
  request: Request,
  token: TokenSource,
  timeoutMs: number,
): Promise<Response> {
  const again = request.clone();
  const first = await send(request, token, 'request', timeoutMs);
  if (first.status !== 401 || typeof token !== 'function') return first;
  const isTooOld = first.headers
    .get('www-authenticate')
    ?.includes('insufficient_user_authentication');
  return send(again, token, isTooOld ? 'sign-in' : 'expired', timeoutMs);
}

async function send(
  request: Request,
  token: TokenSource,
  need: TokenNeed,
  timeoutMs: number,
): Promise<Response> {
  request.headers.set('authorization', `Bearer ${await tokenFrom(token, need)}`);
  const impatience = new AbortController();
  const timer = setTimeout(() => {
    impatience.abort();
  }, timeoutMs);
  try {
    return await fetch(request, {
      signal: AbortSignal.any([request.signal, impatience.signal]),
      cache: 'no-store',
    });
  } finally {
    clearTimeout(timer);
  }
}

/**
 * The body of a successful answer.
 * @throws ApiProblem if the call failed or was refused
 */
export async function answer<T>(call: Promise<CallResult<T>>): Promise<T> {
  const { data, error, response } = await call.catch((thrown: unknown) => {
    throw toProblem(thrown);
  });
  if (!response.ok) throw problemOf(response, error);
  return data as T;
}

/**
 * A key for one form or action; sending it again with the same key does nothing twice.
 */
export function newIdempotencyKey(): string {
  // randomUUID exists only in secure contexts, and an intranet page may use plain HTTP.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

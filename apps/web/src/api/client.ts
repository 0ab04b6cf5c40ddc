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

/** An answer that takes longer than this is not waited for, in ms. */
const answerTimeoutMs = 30_000;

interface ApiOptions {
  /** Where the API is, without `/v1`; empty is where the page came from. */
  readonly baseUrl: string;
  readonly token: TokenSource;
}

/**
 * The API, typed by its own document. Its calls go through `answer`, which
 * throws what is no success.
 */
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
      // Taken at the document's word: the types say what it answers, nothing here looks.
      return response.ok ? { data: content as never, response } : { error: content, response };
    };
  return { GET: call('GET'), POST: call('POST'), PATCH: call('PATCH'), DELETE: call('DELETE') };
}

/** Where paths are appended: a slash at the end may be given or not. */
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
    // The body too, which may stall after the headers came.
    signal: AbortSignal.any([
      AbortSignal.timeout(2 * answerTimeoutMs),
      ...(signal ? [signal] : []),
    ]),
  });
}

/** What is no JSON comes from something in between. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Sends a request in the name of the token's owner. A token that is refused is asked for
 * once more, since it may just have ended.
 * @param timeoutMs until the answer begins; a stream may go on for as long as it likes
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
 * What a call was answered.
 * @throws ApiProblem for every other end of it
 */
export async function answer<T>(call: Promise<CallResult<T>>): Promise<T> {
  const { data, error, response } = await call.catch((thrown: unknown) => {
    throw toProblem(thrown);
  });
  if (!response.ok) throw problemOf(response, error);
  return data as T;
}

/**
 * A key for one form or action: the same when it is sent again, so that a lost
 * answer does nothing twice.
 */
export function newIdempotencyKey(): string {
  // randomUUID is there in secure contexts only; a page of an intranet may be none.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

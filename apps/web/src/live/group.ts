import { fetchAsBearer, newIdempotencyKey as newId, rootOf } from '../api/client.js';
import { problemOf } from '../api/problem.js';
import { claimsOf, type TokenSource } from '../api/token.js';

/** How long the question may take, in ms. */
const patienceMs = 15_000;

/**
 * The name of those with whom a token's owner may share: the same person with the same
 * roles at the same API, as the gateway takes them. Where something between keeps that
 * answer back, it is a name of their own.
 * @throws ApiProblem where nobody answers, or the token is no good
 */
export async function groupOf(baseUrl: string, token: TokenSource): Promise<string> {
  const base = rootOf(baseUrl);
  const response = await fetchAsBearer(new Request(`${base}/me.json`), token, patienceMs);
  if (!response.ok && response.status !== 404) throw problemOf(response, undefined);
  const me = (await response.json().catch(() => undefined)) as
    { id?: string; roles?: string[] } | undefined;
  const who = me?.id === undefined ? [newId()] : [me.id, ...(me.roles ?? []).sort()];
  return `private-credentials ${JSON.stringify([base, ...who])}`;
}

/**
 * What is another in each token, though it is the same person's and
 * permits the same (RFC 7519).
 */
const ofOneToken = /^(exp|iat|nbf|jti)$/;

/**
 * What a token says of whose it is and of what it permits: where that stays
 * the same, so does the group.
 */
export const saidBy = (token: string): string =>
  JSON.stringify(claimsOf(token), (name, value: unknown) =>
    ofOneToken.test(name) ? undefined : value,
  );

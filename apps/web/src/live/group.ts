import { fetchAsBearer, newIdempotencyKey as newId, rootOf } from '../api/client.js';
import { problemOf } from '../api/problem.js';
import {
  type TokenClaims,
  claimsOf,
  tokenFrom,
  type TokenNeed,
  type TokenSource,
} from '../api/token.js';

/** For the request to the gateway, in ms. */
const timeoutMs = 15_000;

/**
 * The tabs that may share a stream: those of one person with the same roles at the same
 * API, as the gateway reads the token.
 */
export interface SharingGroup {
  readonly name: string;
  /** The gateway's answer did not come through: the name is unique, nobody shares it. */
  readonly isUnknown: boolean;
  /** Of the token that the gateway was asked with. */
  readonly claims: TokenClaims | undefined;
}

/**
 * Asks the gateway. Where a proxy replaces its answer the group is unknown.
 * @throws ApiProblem where there is no answer, or the token is refused
 */
export async function fetchGroup(baseUrl: string, token: TokenSource): Promise<SharingGroup> {
  const base = rootOf(baseUrl);
  let used = '';
  const remembering = async (need: TokenNeed) => (used = await tokenFrom(token, need));
  const response = await fetchAsBearer(new Request(`${base}/me.json`), remembering, timeoutMs);
  if (!response.ok && response.status !== 404) throw problemOf(response, undefined);
  const me = (await response.json().catch(() => undefined)) as
    { id?: string; roles?: string[] } | undefined;
  const isAlone = me?.id === undefined;
  const who = isAlone ? [newId()] : [me.id, ...(me.roles ?? []).sort()];
  return {
    name: `private-credentials ${JSON.stringify([base, ...who])}`,
    isUnknown: isAlone,
    claims: claimsOf(used),
  };
}

/** Two unknown groups count as one, so that a tab that is alone keeps its stream. */
export const isSameGroup = (one: SharingGroup, other: SharingGroup): boolean =>
  one.name === other.name || (one.isUnknown && other.isUnknown);

/** Claims that differ in each token of the same person and rights (RFC 7519). */
const perToken = /^(exp|iat|nbf|jti)$/;

/**
 * Whether both tokens grant the same, as far as the page can tell. Some issuers put more
 * that is unique into each token, such as `uti`: then the gateway has to be asked.
 */
export const grantSame = (one: TokenClaims | undefined, other: TokenClaims | undefined): boolean =>
  grantedBy(one) === grantedBy(other);

const grantedBy = (claims: TokenClaims | undefined): string | undefined =>
  JSON.stringify(claims, (name, value: unknown) => (perToken.test(name) ? undefined : value));

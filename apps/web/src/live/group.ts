import { fetchAsBearer, newIdempotencyKey as newId, rootOf } from '../api/client.js';
import { problemOf } from '../api/problem.js';
import {
  type TokenClaims,
  claimsOf,
  tokenFrom,
  type TokenNeed,
  type TokenSource,
} from '../api/token.js';

/** How long the question may take, in ms. */
const patienceMs = 15_000;

/**
 * Those with whom a token's owner may share: the same person with the same roles at the
 * same API, as the gateway takes them.
 */
export interface Group {
  readonly name: string;
  /** Who they are is not known; the name is another one with each answer. */
  readonly isAlone: boolean;
  /** What the token said by which that was asked. */
  readonly claims: TokenClaims | undefined;
}

/**
 * Asks the gateway. Where something between keeps its answer back, they are alone.
 * @throws ApiProblem where nobody answers, or the token is no good
 */
export async function groupOf(baseUrl: string, token: TokenSource): Promise<Group> {
  const base = rootOf(baseUrl);
  let used = '';
  const noted = async (need: TokenNeed) => (used = await tokenFrom(token, need));
  const response = await fetchAsBearer(new Request(`${base}/me.json`), noted, patienceMs);
  if (!response.ok && response.status !== 404) throw problemOf(response, undefined);
  const me = (await response.json().catch(() => undefined)) as
    { id?: string; roles?: string[] } | undefined;
  const isAlone = me?.id === undefined;
  const who = isAlone ? [newId()] : [me.id, ...(me.roles ?? []).sort()];
  return {
    name: `private-credentials ${JSON.stringify([base, ...who])}`,
    isAlone,
    claims: claimsOf(used),
  };
}

/** Who is alone stays so, until it is known who they are. */
export const isSameGroup = (one: Group, other: Group): boolean =>
  one.name === other.name || (one.isAlone && other.isAlone);

/**
 * What is another in each token, though it is the same person's and
 * permits the same (RFC 7519).
 */
const ofOneToken = /^(exp|iat|nbf|jti)$/;

/**
 * Whether both permit the same, as far as that can be seen from here. Some issuers put
 * more into each token that is in no other, such as `uti`: then the gateway is asked.
 */
export const saySame = (one: TokenClaims | undefined, other: TokenClaims | undefined): boolean =>
  permittedBy(one) === permittedBy(other);

const permittedBy = (claims: TokenClaims | undefined): string | undefined =>
  JSON.stringify(claims, (name, value: unknown) => (ofOneToken.test(name) ? undefined : value));

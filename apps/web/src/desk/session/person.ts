import { type Ticket } from '../../api/client.js';
import { problemOf } from '../../api/problem.js';
import { fetchPageData } from './fetch-page-data.js';

/**
 * The signed-in person, from the gateway, which has verified the token. It chooses what
 * is
 * shown; the services decide what is allowed.
 */
export interface SignedInPerson {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly string[];
  /**
   * When they signed in, in seconds since the epoch; null if the token has no auth_time.
   */
  readonly signedInAt: number | null;
}

/**
 * A sign-in without access: refused by the issuer, or with a token that is no use here.
 */
export class SignInError extends Error {
  constructor(
    /**
     * Why the token is refused (docs/contract.md, "Tokens"), `no-role` or `issuer-
     * refused`.
     */
    readonly reason: string,
    /** The issuer's error code. */
    readonly code = '',
  ) {
    super(reason);
    this.name = 'SignInTrouble';
  }
}

/**
 * Asks the gateway, since an access token may be opaque to the page.
 * @throws SignInError, ApiProblem
 */
export async function fetchPerson(token: string): Promise<SignedInPerson> {
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetchPageData('me.json', { headers, cache: 'no-store' });
  if (response.status === 401)
    throw new SignInError(refusalReason(response.headers.get('www-authenticate') ?? ''));
  if (!response.ok) throw problemOf(response, undefined);
  const person = (await response.json()) as SignedInPerson;
  if (person.roles.length === 0) throw new SignInError('no-role');
  return person;
}

const refusalReason = (challenge: string): string =>
  /error_description="([a-z-]+)"/.exec(challenge)?.[1] ?? 'no-token';

/** The role in which a person sees one ticket; a person may have several roles. */
export type TicketRole = 'requester' | 'agent' | 'admin';

export function ticketRoleOf(
  { requesterId }: Pick<Ticket, 'requesterId'>,
  { id, roles }: SignedInPerson,
): TicketRole {
  if (requesterId === id && roles.includes('customer')) return 'requester';
  return roles.includes('agent') ? 'agent' : 'admin';
}

/** Agents and admins see all tickets, customers only their own. */
export const seesQueue = ({ roles }: SignedInPerson): boolean =>
  roles.includes('agent') || roles.includes('admin');

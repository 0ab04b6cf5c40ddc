import { type Ticket } from '../../api/client.js';
import { problemOf, toProblem } from '../../api/problem.js';
import { base } from '../base.js';

/**
 * Who is signed in, as the gateway says that has verified their token: to be shown and to
 * choose views by. The services decide.
 */
export interface SignedInPerson {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly string[];
  /**
   * When they signed in, in seconds since the epoch; null where their token does not say.
   */
  readonly signedInAt: number | null;
}

/** Somebody has signed in, and still can do nothing here. */
export class SignInError extends Error {
  constructor(
    /**
     * Why the token is refused (docs/contract.md, "Tokens"),
     * `no-role`, or `issuer-refused`.
     */
    readonly reason: string,
    /** What the issuer said. */
    readonly code = '',
  ) {
    super(reason);
    this.name = 'SignInTrouble';
  }
}

/**
 * Whom a token speaks for. It is the services' to read, and may be anything to us.
 * @throws SignInTrouble, ApiProblem
 */
export async function fetchPerson(token: string): Promise<SignedInPerson> {
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(`${base}me.json`, { headers, cache: 'no-store' }).catch(
    (error: unknown) => {
      throw toProblem(error);
    },
  );
  if (response.status === 401)
    throw new SignInError(refusalReason(response.headers.get('www-authenticate') ?? ''));
  if (!response.ok) throw problemOf(response, undefined);
  const person = (await response.json()) as SignedInPerson;
  if (person.roles.length === 0) throw new SignInError('no-role');
  return person;
}

const refusalReason = (challenge: string): string =>
  /error_description="([a-z-]+)"/.exec(challenge)?.[1] ?? 'no-token';

/**
 * What somebody is to one ticket: the customer it belongs to,
 * else an agent, else an admin.
 */
export type TicketRole = 'requester' | 'agent' | 'admin';

export function ticketRoleOf(
  { requesterId }: Pick<Ticket, 'requesterId'>,
  { id, roles }: SignedInPerson,
): TicketRole {
  if (requesterId === id && roles.includes('customer')) return 'requester';
  return roles.includes('agent') ? 'agent' : 'admin';
}

/** Agents and admins see everybody's tickets, customers their own. */
export const seesQueue = ({ roles }: SignedInPerson): boolean =>
  roles.includes('agent') || roles.includes('admin');

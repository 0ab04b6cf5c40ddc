import { type Ticket } from '../../api/client.js';
import { claimsOf } from '../../api/token.js';

/** Who is signed in, as their token says: to be shown and to choose views by. The services verify it and decide. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly string[];
}

/** @param rolesClaim where the roles stand; dots go into nested objects */
export function personIn(token: string, rolesClaim: string): Person | undefined {
  const claims = claimsOf(token);
  if (claims === undefined) return undefined;
  const { sub: id, name } = claims;
  const granted = rolesClaim
    .split('.')
    .reduce<unknown>((value, part) => (value as Record<string, unknown> | null | undefined)?.[part], claims);
  const roles = Array.isArray(granted) ? granted.filter((role) => typeof role === 'string') : [];
  return { id, name: typeof name === 'string' ? name : id, roles };
}

/** What somebody is to one ticket: the customer it belongs to, else an agent, else an admin. */
export type Part = 'requester' | 'agent' | 'admin';

export function partIn({ requesterId }: Pick<Ticket, 'requesterId'>, { id, roles }: Person): Part {
  if (requesterId === id && roles.includes('customer')) return 'requester';
  return roles.includes('agent') ? 'agent' : 'admin';
}

/** Agents and admins see everybody's tickets, customers their own. */
export const seesQueue = ({ roles }: Person): boolean => roles.includes('agent') || roles.includes('admin');

import { mayOpenFor } from '#access';
import { type Actor } from '#identity';
import { Problem } from '#problem';
import { type Person, personOf } from '../domain/person.js';

/**
 * @param named whom the body names, whether valid or not: 403 comes before 422
 * @throws Problem `forbidden`
 */
export function requireMayOpen(actor: Actor, named: unknown): void {
  const requesterId = typeof named === 'string' && named !== '' ? named : actor.id;
  if (!mayOpenFor(actor, requesterId))
    throw new Problem('forbidden', 'A customer opens tickets for themself only');
}

/**
 * The ticket's requester: the person named, else the customer who opens it.
 * @throws Problem `invalid` if an agent who is not also a customer names nobody
 */
export function requesterOf(requesterId: string | null | undefined, actor: Actor): Person {
  if (typeof requesterId === 'string' && requesterId !== actor.id)
    return { id: requesterId, name: null };
  if (requesterId === actor.id || actor.roles.has('customer')) return personOf(actor);
  const errors = [
    {
      pointer: '/requesterId',
      code: 'required' as const,
      detail: 'must say for whom the ticket is opened',
    },
  ];
  throw new Problem('invalid', undefined, { errors });
}

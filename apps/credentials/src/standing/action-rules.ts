import { type TicketAction } from '#access';

/**
 * Actions that a cached standing may permit: those done while the ticket's gate is held,
 * where a change that another replica applied is noticed. All others ask every time.
 */
export const onCachedStanding: ReadonlySet<TicketAction> = new Set([
  'credential.reveal',
  'credential.edit',
  'request.create',
]);

/**
 * Actions that are also for who has shared something, as far as
 * it is theirs: see `isOwn`.
 */
export const forSubmitters: ReadonlySet<TicketAction> = new Set(['credential.list']);

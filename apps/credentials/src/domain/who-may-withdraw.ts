import { isOwn } from '#access';
import { type Actor } from '#identity';

/**
 * Who submitted a credential may take it back, and nobody else. That is theirs whatever
 * becomes of the ticket: its home may have named another requester, and it may be in
 * doubt. So it does not rest on the standing. Who may delete what others submitted is
 * said with all else that rests on it (`mayDeleteOthers` of `libs/access`).
 */
export const mayWithdraw = (
  actor: Pick<Actor, 'id'>,
  { submittedBy }: { readonly submittedBy: string },
): boolean => isOwn(actor, submittedBy);

import { type TicketAction } from '#access';

/** Actions whose refusal is logged; reading summaries is not among them. */
export const loggedActions: ReadonlySet<TicketAction> = new Set([
  'credential.submit',
  'credential.reveal',
  'credential.edit',
  'credential.delete',
  'request.create',
  'request.delete',
]);

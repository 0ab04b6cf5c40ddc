import { type Helpdesk } from './helpdesk.js';

/** @returns the id of a live ticket of `/legacy-desk` at version 1 of its home */
export async function knownTicket(
  desk: Helpdesk,
  more: Record<string, unknown> = {},
): Promise<string> {
  const id = desk.newId();
  await desk.publish({ ticketId: id, status: 'open', version: 1, requesterId: 'ann', ...more });
  await desk.ticket(id);
  return id;
}

/** Its home says what nobody here understands, and that was heard. */
export async function mumbleOf(desk: Helpdesk, id: string, version = 2): Promise<void> {
  await desk.publish({ ticketId: id, status: 'shredded', version });
  await desk.settled();
}

export const isInDoubt = async (desk: Helpdesk, id: string): Promise<boolean> =>
  (await desk.ticket(id)).doubted === true;

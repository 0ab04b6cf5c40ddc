import { type ReplyResponse, type TicketResponse } from '#contracts';
import { type StoredReply } from '../domain/reply.js';
import { type StoredTicket } from '../domain/ticket.js';

/** The response classes describe JSON; plain objects are sent. */
type Plain<Response> = { [Field in keyof Response]: Response[Field] };

/** Fields are listed one by one, so that a new column never leaks. */
export const toTicketResponse = (ticket: StoredTicket): Plain<TicketResponse> => ({
  id: ticket.id,
  subject: ticket.subject,
  description: ticket.description,
  status: ticket.status,
  version: ticket.version,
  requesterId: ticket.requester?.id ?? null,
  ...named('requesterName', ticket.requester?.name),
  assigneeId: ticket.assignee?.id ?? null,
  ...named('assigneeName', ticket.assignee?.name),
  home: ticket.home,
  ...(ticket.doubted && { doubted: ticket.doubted }),
  createdAt: ticket.createdAt.toISOString(),
  updatedAt: ticket.updatedAt.toISOString(),
});

export const toReplyResponse = (reply: StoredReply): Plain<ReplyResponse> => ({
  id: reply.id,
  authorId: reply.author.id,
  ...named('authorName', reply.author.name),
  body: reply.body,
  createdAt: reply.createdAt.toISOString(),
});

/** Names of people are included only if known. */
const named = <Field extends string>(
  field: Field,
  name: string | null | undefined,
): Partial<Record<Field, string>> =>
  typeof name === 'string' ? ({ [field]: name } as Record<Field, string>) : {};

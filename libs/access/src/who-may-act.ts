import { type Role, type Standing } from '#contracts';

/**
 * What an actor wants to do with one ticket (docs/contract.md,
 * "Public HTTP API", column "who").
 */
export const ticketActions = [
  'ticket.read',
  'ticket.update',
  'reply.write',
  'reply.read',
  'credential.submit',
  'credential.list',
  'credential.reveal',
  'credential.edit',
  'credential.delete',
  'request.create',
  'request.read',
  'request.delete',
  'access-log.read',
  'receipt.read',
  'stream.read',
] as const;
export type TicketAction = (typeof ticketActions)[number];

/**
 * `hidden`: the actor may not know that the ticket exists, so the answer is 404.
 * `forbidden`: it may know, but not do this: 403.
 */
type Decision = 'allowed' | 'forbidden' | 'hidden';

/**
 * `AGENT_ACCESS`: which agents may act on a ticket's credentials:
 * its assignee, or every agent.
 */
export const agentAccessPolicies = ['assigned', 'any'] as const;
export type AgentAccess = (typeof agentAccessPolicies)[number];

export interface AccessSubject {
  readonly id: string;
  readonly roles: ReadonlySet<Role>;
}

type Relation = 'requester' | 'agent' | 'acting-agent' | 'admin';

const everybody: readonly Relation[] = ['requester', 'agent', 'acting-agent', 'admin'];
const agents: readonly Relation[] = ['agent', 'acting-agent'];

const allowed: Readonly<Record<TicketAction, readonly Relation[]>> = {
  'ticket.read': everybody,
  'ticket.update': everybody,
  'reply.write': ['requester', ...agents],
  'reply.read': ['requester', ...agents],
  'credential.submit': ['requester'],
  'credential.list': ['requester', 'acting-agent'],
  'credential.reveal': ['acting-agent'],
  'credential.edit': ['acting-agent'],
  'credential.delete': ['requester', 'acting-agent'],
  'request.create': ['acting-agent'],
  'request.read': ['requester', 'acting-agent'],
  'request.delete': ['acting-agent'],
  'access-log.read': ['requester', 'acting-agent', 'admin'],
  'receipt.read': everybody,
  'stream.read': ['requester', 'acting-agent'],
};

/**
 * May `actor` do `action` to the ticket of this standing? Pure, and the only place that
 * decides it. What a permitted update may change is in who-may-change.ts; a route that is
 * about no single ticket says by `@Roles` who may call it. Several roles add up. Whether
 * the ticket's status allows the action (409) is checked later.
 */
export function decide(
  action: TicketAction,
  actor: AccessSubject,
  standing: Pick<Standing, 'requesterId' | 'assigneeId'>,
  policy: AgentAccess,
): Decision {
  const relations = relationsOf(actor, standing, policy);
  if (relations.length === 0) return 'hidden';
  return relations.some((relation) => allowed[action].includes(relation)) ? 'allowed' : 'forbidden';
}

/**
 * May `actor`, for whom `credential.delete` is allowed, destroy what somebody else
 * submitted: an agent who may act on the ticket.
 */
export const mayDeleteOthers = (
  actor: AccessSubject,
  standing: Pick<Standing, 'requesterId' | 'assigneeId'>,
  policy: AgentAccess,
): boolean => relationsOf(actor, standing, policy).includes('acting-agent');

/**
 * Is this credential theirs: may `actor` see that it is there, and destroy it?
 * Always who submitted it, whatever their roles, and whoever the ticket belongs to
 * by now; but nothing else by that.
 */
export const isOwn = ({ id }: Pick<AccessSubject, 'id'>, submittedBy: string): boolean =>
  submittedBy === id;

function relationsOf(
  { id, roles }: AccessSubject,
  { requesterId, assigneeId }: Pick<Standing, 'requesterId' | 'assigneeId'>,
  policy: AgentAccess,
): Relation[] {
  const relations: Relation[] = [];
  if (roles.has('customer') && requesterId === id) relations.push('requester');
  if (roles.has('agent')) relations.push('agent');
  if (roles.has('agent') && (policy === 'any' || assigneeId === id)) relations.push('acting-agent');
  if (roles.has('admin')) relations.push('admin');
  return relations;
}

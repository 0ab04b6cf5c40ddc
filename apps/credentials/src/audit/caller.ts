import { type TicketAction } from '#access';
import { joinRoles } from '#contracts';
import { type Actor } from '#identity';
import { type AccessEntry } from '../domain/access-chain.js';

/** Who calls, and by which request: what the access log says of both. */
export interface Caller {
  readonly actor: Actor;
  readonly requestId: string;
  /** The network address, as the gateway saw it. */
  readonly address: string | null;
}

const verbs: Partial<Record<TicketAction, string>> = {
  'credential.submit': 'submit',
  'credential.reveal': 'reveal',
  'credential.edit': 'edit',
  'credential.delete': 'delete',
  'request.create': 'request',
  'request.delete': 'withdraw-request',
};

/** A log entry: this caller did this. A refusal or a failure states another outcome. */
export function doneBy({ actor, requestId, address }: Caller, action: TicketAction): AccessEntry {
  return {
    actorId: actor.id,
    actorName: actor.name,
    actorRole: joinRoles(actor.roles),
    action: verbs[action] ?? action,
    outcome: 'done',
    requestId,
    address,
  };
}

import { joinRoles } from '#contracts';
import { type Actor } from '#identity';
import { type AccessEntry, loggedAs, type LoggedCall } from '../domain/access-entry.js';

/** Who calls, and by which request: what the access log says of both. */
export interface Caller {
  readonly actor: Actor;
  readonly requestId: string;
  /** The network address, as the gateway saw it. */
  readonly address: string | null;
}

/** A log entry: this caller did this. A refusal or a failure states another outcome. */
export function doneBy({ actor, requestId, address }: Caller, action: LoggedCall): AccessEntry {
  return {
    actorId: actor.id,
    actorName: actor.name,
    actorRole: joinRoles(actor.roles),
    action: loggedAs[action],
    outcome: 'done',
    requestId,
    address,
  };
}

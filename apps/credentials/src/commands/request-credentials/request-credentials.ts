import { v7 as uuidv7 } from 'uuid';
import { credentialActionEvent, type CredentialRequestResponse, exchanges, type Standing } from '#contracts';
import { claim, type IdempotencyScope } from '#idempotency';
import { append } from '#outbox';
import { type Sql, type UnitOfWork } from '#postgres';
import { Problem } from '#problem';
import { appendToAccessLog } from '../../audit/access-log.js';
import { type Caller, entryOf } from '../../audit/caller.js';
import { deleteRequest, insertRequest, openRequest, readRequest } from '../../persistence/requests.js';
import { type LiveTicket } from '../live-ticket.js';

export interface Asked {
  readonly request: CredentialRequestResponse;
  /** False where the ticket's open request, or an earlier answer to the same Idempotency-Key, is returned. */
  readonly created: boolean;
}

/** Asks the requester to submit credentials, or to submit them again. A ticket has at most one open request. */
export class RequestCredentials {
  constructor(
    private readonly live: LiveTicket,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  execute(caller: Caller, standing: Standing, message: string | null, idempotency: IdempotencyScope | undefined): Promise<Asked> {
    return this.live.run(caller, 'request.create', standing, (tx) => ask(tx, caller, standing.ticketId, message, idempotency));
  }

  /** @throws Problem `not-found` */
  async withdraw(caller: Caller, { ticketId }: Standing, id: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      await appendToAccessLog(tx, ticketId, [entryOf(caller, 'request.delete')]);
      if (!(await deleteRequest(tx, ticketId, id))) throw new Problem('not-found');
    });
  }
}

async function ask(
  tx: Sql,
  caller: Caller,
  ticketId: string,
  message: string | null,
  idempotency: IdempotencyScope | undefined,
): Promise<Asked> {
  const id = uuidv7();
  const first = idempotency && (await claim(tx, idempotency, id));
  if (first && !first.first) return repeat(tx, ticketId, first.resourceId, message);
  const { actor } = caller;
  await appendToAccessLog(tx, ticketId, [entryOf(caller, 'request.create')]);
  const request = await insertRequest(tx, { ticketId, id, requestedBy: actor.id, requestedByName: actor.name ?? null, message });
  if (request === undefined) return existing(tx, ticketId);
  await append(tx, exchanges.credential, [credentialActionEvent('credential.requested', { ticketId, actorId: actor.id })]);
  return { request, created: true };
}

async function existing(tx: Sql, ticketId: string): Promise<Asked> {
  const request = await openRequest(tx, ticketId);
  if (request === undefined)
    throw new Problem('unavailable', 'The open request was just fulfilled; ask again', { headers: { 'retry-after': '1' } });
  return { request, created: false };
}

async function repeat(tx: Sql, ticketId: string, id: string, message: string | null): Promise<Asked> {
  const request = await readRequest(tx, ticketId, id);
  if (request === undefined) return existing(tx, ticketId);
  if (request.message !== message) throw new Problem('idempotency-conflict');
  return { request: { ...request, fulfilledAt: null }, created: true };
}

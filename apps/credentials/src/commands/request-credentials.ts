import { v7 as uuidv7 } from 'uuid';
import { credentialActionEvent, type CredentialRequestResponse, exchanges } from '#contracts';
import { claim, type IdempotencyScope, redirect } from '#idempotency';
import { append } from '#outbox';
import { type Sql } from '#postgres';
import { Problem } from '#problem';
import { appendToAccessLog } from '../persistence/access-log.js';
import { type AttemptLog } from '../audit/attempts.js';
import { type Caller, doneBy } from '../audit/caller.js';
import { insertRequest, openRequest, readRequest } from '../persistence/requests.js';
import { type LeasedStanding } from '../standing/standing-cache.js';
import { type WhileLive } from './while-live.js';

const action = 'request.create';

interface RequestCredentialsInput {
  readonly caller: Caller;
  /** The standing that permits it. */
  readonly answer: LeasedStanding;
  readonly message: string | null;
  readonly idempotencyKey: string | undefined;
}

interface Asked {
  readonly request: CredentialRequestResponse;
  /**
   * False where the ticket's open request, or an earlier answer to the same
   * Idempotency-Key, is returned.
   */
  readonly created: boolean;
}

/**
 * Asks the requester to submit credentials, or to submit them again. A ticket
 * has at most one open request.
 */
export class RequestCredentials {
  constructor(
    private readonly live: WhileLive,
    private readonly attempts: AttemptLog,
  ) {}

  /** @throws Problem `idempotency-conflict`, and what {@link WhileLive} does */
  execute(input: RequestCredentialsInput): Promise<Asked> {
    const { caller, answer } = input;
    return this.attempts.make(
      { caller, action, ticketId: answer.ticketId, credentialId: null },
      () => this.live.run({ caller, action, answer }, (tx) => ask(tx, input)),
    );
  }
}

async function ask(tx: Sql, input: RequestCredentialsInput): Promise<Asked> {
  const { caller, answer, message } = input;
  const [id, { ticketId }, idempotency] = [uuidv7(), answer, scopeOf(input)];
  const first = idempotency && (await claim(tx, idempotency, id));
  if (first && !first.first) return repeat(tx, ticketId, first, message);
  const { actor } = caller;
  const { at } = await appendToAccessLog(tx, ticketId, [doneBy(caller, action)]);
  const request = await insertRequest(tx, {
    ticketId,
    id,
    requestedBy: actor.id,
    requestedByName: actor.name ?? null,
    message,
    at,
  });
  if (request === undefined) return existing(tx, ticketId, idempotency);
  await append(tx, exchanges.credential, [
    credentialActionEvent('credential.requested', { ticketId, actorId: actor.id }, at),
  ]);
  return { request, created: true };
}

/**
 * The ticket's existing open request; the idempotency key, if
 * any, refers to it from now on.
 */
async function existing(
  tx: Sql,
  ticketId: string,
  idempotency: IdempotencyScope | undefined,
): Promise<Asked> {
  const request = await openRequest(tx, ticketId);
  if (request === undefined)
    throw new Problem('unavailable', 'The open request was just fulfilled; ask again', {
      headers: { 'retry-after': '1' },
    });
  if (idempotency) await redirect(tx, idempotency, request.id, { created: false });
  return { request, created: false };
}

/**
 * Repeats the first answer. Compares the body with the request that it created; if it
 * created none, there is nothing to compare, since no body is stored.
 */
async function repeat(
  tx: Sql,
  ticketId: string,
  first: { resourceId: string; answer: unknown },
  message: string | null,
): Promise<Asked> {
  const request = await readRequest(tx, ticketId, first.resourceId);
  if (request === undefined)
    throw new Problem('ticket-ended', 'What this key asked for has been withdrawn meanwhile');
  const created = first.answer === null;
  if (created && request.message !== message) throw new Problem('idempotency-conflict');
  return { request: { ...request, fulfilledAt: null }, created };
}

const scopeOf = ({
  caller,
  answer: { ticketId },
  idempotencyKey: key,
}: RequestCredentialsInput): IdempotencyScope | undefined =>
  key === undefined
    ? undefined
    : { actorId: caller.actor.id, route: 'request.create', ticketId, key };

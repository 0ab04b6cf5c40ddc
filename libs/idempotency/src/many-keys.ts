import { type Statement, statement } from '#postgres';
import { type IdempotencyScope, keptFor, parameters } from './idempotency.js';

/** The record of a key, as it was found. */
export interface Remembered {
  readonly ticketId: string;
  readonly actorId: string;
  readonly key: string;
  readonly resourceId: string;
  /** Older than 24 hours: the key may be used anew. */
  readonly isOld: boolean;
}

const columnsOf = (scopes: readonly IdempotencyScope[]) => {
  const all = scopes.map(parameters);
  return [0, 1, 2, 3].map((at) => all.map((one) => one[at] ?? ''));
};

/**
 * For many keys at once, by a transaction in which nobody else can claim them: what is
 * known of them. Those that are not, or are old, it claims by {@link claiming}.
 */
export const remembered = (scopes: readonly IdempotencyScope[]): Statement<Remembered> =>
  statement(
    `SELECT ticket_id AS "ticketId", actor_id AS "actorId", key, resource_id AS "resourceId",
       created_at < clock_timestamp() - ${keptFor} AS "isOld"
     FROM idempotency
     JOIN unnest($1::text[], $2::text[], $3::text[], $4::text[])
       AS scope (ticket_id, actor_id, route, key) USING (ticket_id, actor_id, route, key)`,
    columnsOf(scopes),
  );

/** A key, and what it refers to from now on. */
export interface Claimed {
  readonly scope: IdempotencyScope;
  readonly resourceId: string;
}

/** Forgets what is old of these keys, so that they can be claimed. */
export const forgetting = (scopes: readonly IdempotencyScope[]): Statement =>
  statement(
    `DELETE FROM idempotency
     USING unnest($1::text[], $2::text[], $3::text[], $4::text[])
       AS scope (ticket_id, actor_id, route, key)
     WHERE (idempotency.ticket_id, idempotency.actor_id, idempotency.route, idempotency.key)
       = (scope.ticket_id, scope.actor_id, scope.route, scope.key)
       AND created_at < clock_timestamp() - ${keptFor}`,
    columnsOf(scopes),
  );

/** Fails (23505) where somebody else has claimed one of them meanwhile. */
export const claiming = (claims: readonly Claimed[]): Statement =>
  statement(
    `INSERT INTO idempotency (ticket_id, actor_id, route, key, resource_id, created_at)
     SELECT *, clock_timestamp()
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])`,
    [...columnsOf(claims.map(({ scope }) => scope)), claims.map(({ resourceId }) => resourceId)],
  );

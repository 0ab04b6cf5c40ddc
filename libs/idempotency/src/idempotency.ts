import { deleteInBatches, type Sql } from '#postgres';
import { Problem } from '#problem';

/**
 * The scope of a key: the same text from another actor, or for another route or
 * ticket, is a different key.
 */
export interface IdempotencyScope {
  readonly actorId: string;
  /**
   * A name of the route that does not change with the URL's
   * parameters, such as `reply.create`.
   */
  readonly route: string;
  /** Absent where the route has no ticket. */
  readonly ticketId?: string;
  readonly key: string;
}

/**
 * `first`: create the resource under the given id. Otherwise it was created before as
 * `resourceId`, with the stored `answer`; compare that, or the stored resource, with the
 * new body to tell a repetition from a conflict.
 */
type Claim =
  | { readonly first: true }
  | { readonly first: false; readonly resourceId: string; readonly answer: unknown };

/** How long a key keeps its meaning; an interval of SQL. */
export const keptFor = `interval '24 hours'`;

/**
 * SQL: whether a key that still counts refers to a resource. For what has to be kept
 * beside the resource as long as that.
 * @param names expressions of SQL
 */
export const isRemembered = ({
  ticketId,
  actorId,
  route,
  resourceId,
}: Record<'ticketId' | 'actorId' | 'route' | 'resourceId', string>): string =>
  `EXISTS (
     SELECT FROM idempotency i
     WHERE i.ticket_id = ${ticketId}
       AND i.actor_id = ${actorId}
       AND i.route = ${route}
       AND i.resource_id = ${resourceId}
       AND i.created_at >= clock_timestamp() - ${keptFor}
   )`;

export const parameters = ({ ticketId = '', actorId, route, key }: IdempotencyScope): string[] => [
  ticketId,
  actorId,
  route,
  key,
];

/**
 * Claims the key in the caller's transaction `tx`. When two requests claim it at once,
 * the second waits until the first has committed and then finds its record, or, when the
 * first rolled back, is the first itself. A record older than 24 hours is taken over.
 * @param answer facts of the first answer that cannot be read back from the resource
 *   later; never anything secret
 */
export async function claim(
  tx: Sql,
  scope: IdempotencyScope,
  resourceId: string,
  answer: unknown = null,
): Promise<Claim> {
  const claimed = await tx.query<unknown[]>(
    `INSERT INTO idempotency AS record
       (ticket_id, actor_id, route, key, resource_id, answer, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, clock_timestamp())
     ON CONFLICT (ticket_id, actor_id, route, key) DO UPDATE
     SET resource_id = excluded.resource_id,
       answer = excluded.answer,
       created_at = clock_timestamp()
     WHERE record.created_at < clock_timestamp() - ${keptFor}
     RETURNING 1`,
    [...parameters(scope), resourceId, answer === null ? null : JSON.stringify(answer)],
  );
  if (claimed.length > 0) return { first: true };
  // The statement above locked the record although it did not change it, so it is there,
  // and this later snapshot sees it.
  const [record] = await tx.query<[{ resourceId: string; answer: unknown }]>(
    `SELECT resource_id AS "resourceId", answer
     FROM idempotency
     WHERE ticket_id = $1
       AND actor_id = $2
       AND route = $3
       AND key = $4`,
    parameters(scope),
  );
  return { first: false, ...record };
}

/**
 * For when the request returned an existing resource instead of creating one: from now on
 * the key refers to that. In the transaction that claimed it.
 */
export async function redirect(
  tx: Sql,
  scope: IdempotencyScope,
  resourceId: string,
  answer: unknown,
): Promise<void> {
  await tx.query(
    `UPDATE idempotency
     SET resource_id = $5, answer = $6
     WHERE ticket_id = $1
       AND actor_id = $2
       AND route = $3
       AND key = $4`,
    [...parameters(scope), resourceId, JSON.stringify(answer)],
  );
}

/**
 * Deletes the records older than 24 hours. The clock is read once, before the first row,
 * so that the index is used.
 */
export async function purge(sql: Sql): Promise<void> {
  await deleteInBatches(sql, 'idempotency', `created_at < (SELECT clock_timestamp()) - ${keptFor}`);
}

const printable = /^[\x20-\x7e]{1,255}$/;

/**
 * @param header the request's `Idempotency-Key`
 * @throws Problem `invalid` unless it is 1 to 255 printable ASCII characters
 */
export function readIdempotencyKey(
  header: string | readonly string[] | undefined,
): string | undefined {
  if (header === undefined) return undefined;
  if (typeof header === 'string' && printable.test(header)) return header;
  throw new Problem('invalid', undefined, {
    errors: [
      {
        pointer: 'Idempotency-Key',
        code: 'invalid',
        detail: 'must be 1 to 255 printable ASCII characters',
      },
    ],
  });
}

/** @returns the answer to a repeated key whose body is not the first one's */
export const idempotencyConflict = (): Problem => new Problem('idempotency-conflict');

import type * as contracts from '#contracts';
import { type ProblemCode } from '#problem';
import type * as requests from '#requests';

/**
 * Classes that describe bodies, by their names: the gateway parses none (docs/adr/0002),
 * so it loads none.
 */
type RequestBody = Extract<keyof typeof requests, `${string}Request`>;
type AnswerBody = Extract<keyof typeof contracts, `${string}Response`>;

/** A parameter of the query string that may be left out. */
interface QueryParameter {
  /** Default: any text. */
  readonly oneOf?: readonly string[];
}

/** One operation of the API: its route, and what its document says of it. */
export interface Operation {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below the path of its group, as Fastify has it: `/:credentialId`. */
  readonly path?: `/${string}`;
  readonly summary: string;
  readonly status?: 200 | 201 | 204;
  readonly body?: RequestBody;
  /** The body may be left out. */
  readonly bodyOptional?: boolean;
  readonly answer?: AnswerBody;
  /**
   * `items` alone; `page` has `nextCursor` too and takes `limit` and `cursor`; `all` does
   * the same, but has no default limit: there are never more than fit a page.
   */
  readonly list?: 'items' | 'page' | 'all';
  readonly query?: Readonly<Record<string, QueryParameter>>;
  readonly headers?: readonly ('etag' | 'location')[];
  readonly idempotent?: boolean;
  readonly ifMatch?: 'optional' | 'required';
  /** A second success status, with the same body. */
  readonly alsoOk?: boolean;
  /** Problem codes specific to this operation. */
  readonly problems?: readonly ProblemCode[];
}

/** Operations on one kind of resource, answered by the service that owns it. */
export interface OperationGroup {
  readonly owner: 'tickets' | 'credentials';
  /** Such as `/v1/tickets`. */
  readonly at: `/${string}`;
  /**
   * What the ids of its operations begin with. Front ends are generated from them, so
   * that they stay whatever becomes of the code.
   */
  readonly name: string;
  /** By the names that they have in those ids. */
  readonly operations: Readonly<Record<string, Operation>>;
}

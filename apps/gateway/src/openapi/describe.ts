import { applyDecorators, type Type } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiExtraModels,
  ApiHeader,
  ApiOperation,
  ApiParam,
  ApiQuery,
  ApiResponse,
  getSchemaPath,
  type ReferenceObject,
  type SchemaObject,
} from '@nestjs/swagger';
import { ticketIdPattern, uuidPattern } from '#contracts';
import { type ProblemCode } from '#problem';
import { type AnswerHeader, answerHeaders, commonHeaders } from './headers.js';
import { problemResponses, ProblemResponse } from './problems.js';

type PathParameter = 'ticketId' | 'credentialId' | 'requestId';

export interface Operation {
  readonly summary: string;
  readonly status?: 200 | 201 | 204;
  /** Parameters of the path. */
  readonly path?: readonly PathParameter[];
  readonly body?: Type;
  /** The body may be left out. */
  readonly bodyOptional?: boolean;
  readonly answer?: Type;
  /**
   * `items` alone; `page` has `nextCursor` too and takes `limit` and `cursor`; `all` does
   * the same, but has no default limit: there are never more than fit a page.
   */
  readonly list?: 'items' | 'page' | 'all';
  readonly headers?: readonly AnswerHeader[];
  readonly idempotent?: boolean;
  readonly ifMatch?: 'optional' | 'required';
  /** A second success status, with the same body. */
  readonly alsoOk?: boolean;
  /** Problem codes specific to this operation. */
  readonly problems?: readonly ProblemCode[];
}

/** What `/openapi.json` says of one route. */
export function Describe(operation: Operation): MethodDecorator {
  const {
    summary,
    status,
    path = [],
    body,
    bodyOptional = false,
    answer,
    idempotent = false,
    problems: also = [],
  } = operation;
  const conflicts: readonly ProblemCode[] = idempotent ? ['idempotency-conflict'] : [];
  return applyDecorators(
    ApiOperation({ summary }),
    ApiBearerAuth(),
    ApiExtraModels(ProblemResponse, ...(answer ? [answer] : [])),
    ...answers(operation),
    ...problemResponses({
      readsBody: body !== undefined || status === 204,
      hasTicket: path.length > 0,
      also: [...also, ...conflicts],
    }),
    ...(body ? [ApiBody({ type: body, required: !bodyOptional })] : []),
    ...parameters(operation),
  );
}

function answers({
  summary,
  status = 200,
  alsoOk,
  answer,
  list,
  headers = [],
}: Operation): MethodDecorator[] {
  const content = answer && { 'application/json': { schema: schemaOf(answer, list) } };
  const named = Object.assign(
    {},
    commonHeaders,
    ...headers.map((header) => answerHeaders[header]),
  ) as typeof commonHeaders;
  return (alsoOk ? [status, 200] : [status]).map((code) =>
    ApiResponse({
      status: code,
      description: summary,
      headers: named,
      ...(content && { content }),
    }),
  );
}

const patterns: Readonly<Record<PathParameter, RegExp>> = {
  ticketId: ticketIdPattern,
  credentialId: uuidPattern,
  requestId: uuidPattern,
};

const ifMatchDescription =
  'A version that was read, as in ETag: `"3"`, also as a proxy has changed it (`W/"3"`, ' +
  '`"3-gzip"`); a list; or `*`';

function parameters({ path = [], list, idempotent, ifMatch }: Operation): MethodDecorator[] {
  const parameters = path.map((name) =>
    ApiParam({ name, schema: { type: 'string', pattern: patterns[name].source } }),
  );
  if (list === 'page' || list === 'all') {
    const limit = {
      type: 'integer',
      minimum: 1,
      maximum: 100,
      ...(list === 'page' && { default: 20 }),
    } as const;
    parameters.push(ApiQuery({ name: 'limit', required: false, schema: limit }));
    parameters.push(
      ApiQuery({
        name: 'cursor',
        required: false,
        schema: { type: 'string' },
        description: ifMatchDescription,
      }),
    );
  }
  const key = { type: 'string', minLength: 1, maxLength: 255 } as const;
  if (idempotent)
    parameters.push(ApiHeader({ name: 'Idempotency-Key', required: false, schema: key }));
  if (ifMatch)
    parameters.push(
      ApiHeader({ name: 'If-Match', required: ifMatch === 'required', schema: { type: 'string' } }),
    );
  return parameters;
}

function schemaOf(answer: Type, list: Operation['list']): SchemaObject | ReferenceObject {
  const item = { $ref: getSchemaPath(answer) };
  if (list === undefined) return item;
  const items = { type: 'array', items: item };
  if (list === 'items') return { type: 'object', required: ['items'], properties: { items } };
  const nextCursor = { type: 'string', nullable: true } as const;
  return { type: 'object', required: ['items', 'nextCursor'], properties: { items, nextCursor } };
}

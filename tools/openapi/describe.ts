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
import { type Operation } from '../../apps/gateway/src/forwarding/operation.js';
import { bodyClass } from './bodies.js';
import { answerHeaders, commonHeaders } from './headers.js';
import { problemResponses, ProblemResponse } from './problems.js';

/**
 * What the document says of one operation.
 * @param operationId such as `Tickets_create`
 * @param pathParameters their names
 */
export function describeOperation(
  operation: Operation,
  operationId: string,
  pathParameters: readonly string[],
): MethodDecorator {
  const { summary, status, body, bodyOptional = false, idempotent = false } = operation;
  const { problems: also = [] } = operation;
  const answer = operation.answer && bodyClass(operation.answer);
  const conflicts: readonly ProblemCode[] = idempotent ? ['idempotency-conflict'] : [];
  return applyDecorators(
    ApiOperation({ operationId, summary }),
    ApiBearerAuth(),
    ApiExtraModels(ProblemResponse, ...(answer ? [answer] : [])),
    ...answers(operation, answer),
    ...problemResponses({
      readsBody: body !== undefined || status === 204,
      hasTicket: pathParameters.length > 0,
      also: [...also, ...conflicts],
    }),
    ...(body ? [ApiBody({ type: bodyClass(body), required: !bodyOptional })] : []),
    ...pathParameters.map(describePathParameter),
    ...queryParameters(operation),
    ...requestHeaders(operation),
  );
}

function answers(
  { summary, status = 200, alsoOk, list, headers = [] }: Operation,
  answer: Type | undefined,
): MethodDecorator[] {
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

const patterns: Readonly<Record<string, RegExp>> = {
  ticketId: ticketIdPattern,
  credentialId: uuidPattern,
  requestId: uuidPattern,
};

const describePathParameter = (name: string): MethodDecorator =>
  ApiParam({ name, schema: { type: 'string', pattern: patterns[name]?.source ?? '' } });

function queryParameters({ list, query = {} }: Operation): MethodDecorator[] {
  const own = Object.entries(query).map(([name, { oneOf }]) =>
    ApiQuery({ name, required: false, ...(oneOf ? { enum: [...oneOf] } : { type: String }) }),
  );
  if (list !== 'page' && list !== 'all') return own;
  const limit = {
    type: 'integer',
    minimum: 1,
    maximum: 100,
    ...(list === 'page' && { default: 20 }),
  } as const;
  return [
    ApiQuery({ name: 'limit', required: false, schema: limit }),
    ApiQuery({ name: 'cursor', required: false, schema: { type: 'string' } }),
    ...own,
  ];
}

const ifMatchDescription =
  'A version that was read, as in ETag: `"3"`, also as a proxy has changed it (`W/"3"`, ' +
  '`"3-gzip"`); a list; or `*`';

function requestHeaders({ idempotent, ifMatch }: Operation): MethodDecorator[] {
  const key = { type: 'string', minLength: 1, maxLength: 255 } as const;
  return [
    ...(idempotent ? [ApiHeader({ name: 'Idempotency-Key', required: false, schema: key })] : []),
    ...(ifMatch
      ? [
          ApiHeader({
            name: 'If-Match',
            description: ifMatchDescription,
            required: ifMatch === 'required',
            schema: { type: 'string' },
          }),
        ]
      : []),
  ];
}

function schemaOf(answer: Type, list: Operation['list']): SchemaObject | ReferenceObject {
  const item = { $ref: getSchemaPath(answer) };
  if (list === undefined) return item;
  const items = { type: 'array', items: item };
  if (list === 'items') return { type: 'object', required: ['items'], properties: { items } };
  const nextCursor = { type: 'string', nullable: true } as const;
  return { type: 'object', required: ['items', 'nextCursor'], properties: { items, nextCursor } };
}

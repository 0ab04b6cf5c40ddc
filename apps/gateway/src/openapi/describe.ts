import { applyDecorators, type Type } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiExtraModels,
  ApiHeader,
  ApiOperation,
  ApiProperty,
  ApiPropertyOptional,
  ApiQuery,
  ApiResponse,
  getSchemaPath,
} from '@nestjs/swagger';

class FieldFaultResponse {
  @ApiProperty({ description: 'JSON pointer into the body, or the name of a query parameter or header' }) pointer!: string;
  @ApiProperty() code!: string;
  @ApiProperty() detail!: string;
}

/** RFC 9457. */
export class ProblemResponse {
  @ApiProperty() type!: string;
  @ApiProperty() title!: string;
  @ApiProperty({ type: 'integer' }) status!: number;
  @ApiProperty({ description: 'Stable; made for programs' }) code!: string;
  @ApiProperty() detail!: string;
  @ApiProperty() requestId!: string;
  @ApiPropertyOptional({ type: [FieldFaultResponse] }) errors?: FieldFaultResponse[];
}

interface Operation {
  readonly summary: string;
  readonly status?: 200 | 201 | 204;
  readonly body?: Type;
  /** The body may be left out. */
  readonly bodyOptional?: boolean;
  readonly answer?: Type;
  /** `items` of the answer; `page` has `nextCursor` too and takes `limit` and `cursor`. */
  readonly list?: 'items' | 'page';
  readonly idempotent?: boolean;
  readonly ifMatch?: 'optional' | 'required';
  /** A second success status, with the same body. */
  readonly alsoOk?: boolean;
}

/** What `/openapi.json` says of one route. */
export function Describe(operation: Operation): MethodDecorator {
  const { summary, status = 200, body, bodyOptional = false, answer } = operation;
  const content = answer && { 'application/json': { schema: schemaOf(answer, operation.list) } };
  const answers = (operation.alsoOk ? [status, 200] : [status]).map((code) =>
    ApiResponse({ status: code, description: summary, ...(content && { content }) }),
  );
  return applyDecorators(
    ApiOperation({ summary }),
    ApiBearerAuth(),
    ApiExtraModels(ProblemResponse, ...(answer ? [answer] : [])),
    ...answers,
    ApiResponse({
      status: 'default',
      description: 'A problem',
      content: { 'application/problem+json': { schema: { $ref: getSchemaPath(ProblemResponse) } } },
    }),
    ...(body ? [ApiBody({ type: body, required: !bodyOptional })] : []),
    ...parameters(operation),
  );
}

function parameters({ list, idempotent, ifMatch }: Operation): MethodDecorator[] {
  return [
    ...(list === 'page'
      ? [
          ApiQuery({ name: 'limit', required: false, schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 } }),
          ApiQuery({ name: 'cursor', required: false, type: String }),
        ]
      : []),
    ...(idempotent
      ? [ApiHeader({ name: 'Idempotency-Key', required: false, schema: { type: 'string', minLength: 1, maxLength: 255 } })]
      : []),
    ...(ifMatch ? [ApiHeader({ name: 'If-Match', required: ifMatch === 'required', schema: { type: 'string' } })] : []),
  ];
}

function schemaOf(answer: Type, list: Operation['list']) {
  const item = { $ref: getSchemaPath(answer) };
  if (list === undefined) return item;
  const items = { type: 'array', items: item };
  if (list === 'items') return { type: 'object', required: ['items'], properties: { items } };
  return {
    type: 'object',
    required: ['items', 'nextCursor'],
    properties: { items, nextCursor: { type: ['string', 'null'] as unknown as 'string' } },
  };
}

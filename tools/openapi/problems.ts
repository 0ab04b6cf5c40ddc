import { ApiProperty, ApiPropertyOptional, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { type FaultCode, faultCodes, type ProblemCode, problems } from '#problem';
import { commonHeaders } from './headers.js';

class FieldFaultResponse {
  @ApiProperty({
    description: 'JSON pointer into the body, or the name of a query parameter or header',
  })
  pointer!: string;
  @ApiProperty({ enum: faultCodes, description: 'Stable; made for programs' }) code!: FaultCode;
  @ApiProperty() detail!: string;
}

/** RFC 9457. */
export class ProblemResponse {
  @ApiProperty({ format: 'uri' }) type!: string;
  @ApiProperty() title!: string;
  @ApiProperty({ type: 'integer' }) status!: number;
  @ApiProperty({ enum: Object.keys(problems), description: 'Stable; made for programs' })
  code!: ProblemCode;
  @ApiProperty() detail!: string;
  @ApiProperty() requestId!: string;
  @ApiPropertyOptional({ type: [FieldFaultResponse] }) errors?: FieldFaultResponse[];
}

const always: readonly ProblemCode[] = [
  'unauthenticated',
  'rate-limited',
  'malformed',
  'headers-too-large',
  'forbidden',
  'invalid',
  'internal',
  'unavailable',
];
const withBody: readonly ProblemCode[] = ['too-large', 'unsupported-media-type'];
const withTicket: readonly ProblemCode[] = ['not-found', 'standing-unknown'];

const retryAfter = {
  'Retry-After': { description: 'Seconds', schema: { type: 'integer', minimum: 1 } },
} as const;
const doubted = {
  'X-Ticket-Doubted': {
    description: 'Where the ticket itself is in doubt, until its home or an operator settles it',
    schema: { type: 'string', const: 'true' },
  },
} as const;
const challenge = {
  'WWW-Authenticate': {
    description: 'RFC 6750; of a reveal that needs a more recent sign-in, RFC 9470',
    schema: { type: 'string' },
  },
} as const;

interface Circumstances {
  /** Whether a body is parsed if sent: a DELETE's is, though it needs none. */
  readonly readsBody: boolean;
  readonly hasTicket: boolean;
  /** Codes of this operation only. */
  readonly also: readonly ProblemCode[];
}

/** One response for each status, whose description lists its codes. */
export function problemResponses({
  readsBody,
  hasTicket,
  also,
}: Circumstances): (MethodDecorator & ClassDecorator)[] {
  const codes = [
    ...always,
    ...(readsBody ? withBody : []),
    ...(hasTicket ? withTicket : []),
    ...also,
  ];
  const statuses = [...new Set(codes.map((code) => problems[code][0]))];
  const groups = statuses.map((status) => ({
    status,
    group: codes.filter((code) => problems[code][0] === status),
  }));
  return groups.map(({ status, group }) =>
    ApiResponse({
      status,
      description: group.map((code) => `\`${code}\`: ${problems[code][1]}`).join('; '),
      headers: {
        ...commonHeaders,
        ...(status === 429 || status === 503 ? retryAfter : {}),
        ...(group.includes('standing-unknown') ? doubted : {}),
        ...(status === 401 ? challenge : {}),
      },
      content: { 'application/problem+json': { schema: { $ref: getSchemaPath(ProblemResponse) } } },
    }),
  );
}

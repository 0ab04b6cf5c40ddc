import { applyDecorators } from '@nestjs/common';
import { ApiBearerAuth, ApiExtraModels, ApiOperation, ApiParam, ApiResponse } from '@nestjs/swagger';
import { ticketIdPattern } from '#contracts';
import { streamHeaders } from './headers.js';
import { ProblemResponse, problemResponses } from './problems.js';

const description = `Server-sent events: \`sync\` first and after every gap (fetch everything then), \`ticket\`, \`credential.submitted\`,
\`credential.revealed\`, \`credential.edited\`, \`credential.requested\`, \`credentials.destroyed\`; a comment every 15 seconds. Ends when the token does.`;

export const DescribeStream = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({ summary: 'Live news of a ticket', description }),
    ApiBearerAuth(),
    ApiExtraModels(ProblemResponse),
    ApiParam({ name: 'ticketId', schema: { type: 'string', pattern: ticketIdPattern.source } }),
    ApiResponse({
      status: 200,
      description: 'Events until somebody ends it',
      headers: streamHeaders,
      content: { 'text/event-stream': { schema: { type: 'string' } } },
    }),
    ...problemResponses({ readsBody: false, hasTicket: true, also: [] }),
  );

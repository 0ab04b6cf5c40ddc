import { applyDecorators, Controller, Get } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiExtraModels,
  ApiOperation,
  ApiParam,
  ApiQuery,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import { ticketIdPattern } from '#contracts';
import { maxTickets, ticketsPattern } from '../../apps/gateway/src/streams/tickets-in.js';
import { streamHeaders } from './headers.js';
import { ProblemResponse, problemResponses } from './problems.js';

const events =
  'Server-sent events: `sync` first and after every gap (fetch everything then), ' +
  '`ticket`, `credential.submitted`,\n' +
  '`credential.revealed`, `credential.edited`, `credential.requested`, ' +
  '`credentials.destroyed`; a comment every 15 seconds. Ends when the token does.';

const several =
  `${events} Each event's data has its \`ticketId\`. A ticket that one may not listen to, ` +
  'or not any more, is told as `refused`, again where\n' +
  'that ticket itself has changed and one may read it, and as `sync` once one may listen.';

const describe = (operationId: string, summary: string, description: string, hasTicket: boolean) =>
  applyDecorators(
    ApiOperation({ operationId, summary, description }),
    ApiBearerAuth(),
    ApiExtraModels(ProblemResponse),
    ApiResponse({
      status: 200,
      description: 'Events until somebody ends it',
      headers: streamHeaders,
      content: { 'text/event-stream': { schema: { type: 'string' } } },
    }),
    ...problemResponses({ readsBody: false, hasTicket, also: [] }),
  );

/** Of what the gateway answers itself; nobody calls these methods. */
@ApiTags('credentials')
@Controller('v1')
export class StreamOperations {
  @Get('tickets/:ticketId/stream')
  @describe('Stream_open', 'Live news of a ticket', events, true)
  @ApiParam({ name: 'ticketId', schema: { type: 'string', pattern: ticketIdPattern.source } })
  one(): void {
    // Described above.
  }

  @Get('streams')
  @describe('Streams_open', 'Live news of several tickets', several, false)
  @ApiQuery({
    name: 'tickets',
    description: `1 to ${maxTickets} ids with commas between them`,
    schema: { type: 'string', pattern: ticketsPattern.source },
  })
  several(): void {
    // Described above.
  }
}

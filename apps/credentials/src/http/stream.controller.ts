import { Controller, Get, HttpCode } from '@nestjs/common';
import { Access } from '#http-server';

/**
 * Tells the gateway, which serves the live streams itself, whether the caller
 * may listen to the ticket's.
 */
@Controller('v1/tickets/:ticketId/stream')
export class StreamController {
  @Get()
  @HttpCode(204)
  @Access('stream.read')
  check(): void {
    // The guard has permitted it.
  }
}

import { Controller, Get, HttpCode } from '@nestjs/common';
import { Access } from '#http-server';

/** The gateway asks here whether somebody may hear the live news of a ticket; it carries them itself. */
@Controller('v1/tickets/:ticketId/stream')
export class StreamController {
  @Get()
  @HttpCode(204)
  @Access('stream.read')
  check(): void {
    // Whoever gets here may.
  }
}

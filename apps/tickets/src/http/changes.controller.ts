import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { type Changes } from '#contracts';
import { parseBody, Polled, Roles } from '#http-server';
import { ChangesHandler } from '../queries/changes/changes.handler.js';
import { ChangesRequest } from '../queries/changes/changes.query.js';

/**
 * For our other services, which ask every second (docs/adr/0015-a-feed-of-changes.md);
 * the gateway does not forward it.
 */
@Controller('internal/changes')
export class ChangesController {
  constructor(private readonly changes: ChangesHandler) {}

  @Post()
  @HttpCode(200)
  @Roles('service')
  @Polled()
  tell(@Body() body: unknown): Promise<Changes> {
    return this.changes.execute(parseBody(ChangesRequest, body).after ?? undefined);
  }
}

import { Controller, Get, Query } from '@nestjs/common';
import { type Changes } from '#contracts';
import { parseQuery, Roles } from '#http-server';
import { ChangesHandler } from '../queries/changes/changes.handler.js';
import { ChangesParameters } from '../queries/changes/changes.query.js';

/** For our other services, which ask every second (docs/adr/0015-a-feed-of-changes.md); the gateway does not forward it. */
@Controller('internal/changes')
export class ChangesController {
  constructor(private readonly changes: ChangesHandler) {}

  @Get()
  @Roles('service')
  tell(@Query() query: unknown): Promise<Changes> {
    return this.changes.execute(parseQuery(ChangesParameters, query).after);
  }
}

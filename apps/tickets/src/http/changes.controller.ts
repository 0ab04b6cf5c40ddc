import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { IsOptional, IsString } from 'class-validator';
import { type Changes } from '#contracts';
import { Polled, Roles } from '#http-server';
import { parseBody } from '#requests';
import { ListChanges } from '../queries/list-changes.js';

/** The body of `POST /internal/changes`. */
class ChangesRequest {
  /** The cursor of the last answer. */
  @IsOptional()
  @IsString()
  after?: string | null;
}

/**
 * For our other services, which ask every second (docs/adr/0015-a-feed-of-changes.md);
 * the gateway does not forward it.
 */
@Controller('internal/changes')
export class ChangesController {
  constructor(private readonly changes: ListChanges) {}

  @Post()
  @HttpCode(200)
  @Roles('service')
  @Polled()
  list(@Body() body: unknown): Promise<Changes> {
    return this.changes.execute(parseBody(ChangesRequest, body).after ?? undefined);
  }
}

import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { parseBody, Roles } from '#http-server';
import { StandingsHandler } from '../queries/standings/standings.handler.js';
import { type Standings, StandingsRequest } from '../queries/standings/standings.query.js';

/** For our other services; the gateway does not forward it. */
@Controller('internal/standings')
export class StandingsController {
  constructor(private readonly standings: StandingsHandler) {}

  @Post()
  @HttpCode(200)
  @Roles('service')
  ask(@Body() body: unknown): Promise<Standings> {
    return this.standings.execute(parseBody(StandingsRequest, body).ticketIds);
  }
}

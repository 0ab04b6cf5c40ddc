import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsString } from 'class-validator';
import { maxStandingsAsked } from '#contracts';
import { Roles } from '#http-server';
import { parseBody } from '#requests';
import { ListStandings, type Standings } from '../queries/list-standings.js';

/**
 * The body of `POST /internal/standings`. An id that no ticket
 * can have is simply unknown.
 */
class StandingsRequest {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(maxStandingsAsked)
  @IsString({ each: true })
  ticketIds!: string[];
}

/** For our other services; the gateway does not forward it. */
@Controller('internal/standings')
export class StandingsController {
  constructor(private readonly standings: ListStandings) {}

  @Post()
  @HttpCode(200)
  @Roles('service')
  list(@Body() body: unknown): Promise<Standings> {
    return this.standings.execute(parseBody(StandingsRequest, body).ticketIds);
  }
}

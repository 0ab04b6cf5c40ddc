import { ArrayMaxSize, ArrayMinSize, IsArray, IsString } from 'class-validator';
import { maxStandingsAsked, type Standing } from '#contracts';

/**
 * The body of `POST /internal/standings`. An id that no ticket
 * can have is simply unknown.
 */
export class StandingsRequest {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(maxStandingsAsked)
  @IsString({ each: true })
  ticketIds!: string[];
}

export interface Standings {
  readonly items: readonly Standing[];
  /** Ids without a ticket. */
  readonly unknown: readonly string[];
}

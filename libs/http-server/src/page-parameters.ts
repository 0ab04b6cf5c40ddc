import { IsOptional } from 'class-validator';

/** The query string of a list that comes in pages. What the two may be is checked by their readers in #postgres. */
export class PageParameters {
  @IsOptional()
  limit?: unknown;

  @IsOptional()
  cursor?: unknown;
}

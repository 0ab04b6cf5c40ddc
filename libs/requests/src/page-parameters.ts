import { IsOptional } from 'class-validator';

/**
 * The query string of a list that comes in pages. Both are validated
 * by their readers in #paging.
 */
export class PageParameters {
  @IsOptional()
  limit?: unknown;

  @IsOptional()
  cursor?: unknown;
}

import { IsOptional } from 'class-validator';

/** The query string of a list without filters. */
export class ListRepliesParameters {
  @IsOptional()
  limit?: unknown;

  @IsOptional()
  cursor?: unknown;
}

export interface ListReplies {
  readonly ticketId: string;
  readonly limit: number;
  readonly cursor: unknown;
}

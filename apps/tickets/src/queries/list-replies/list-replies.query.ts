export interface ListReplies {
  readonly ticketId: string;
  readonly limit: number;
  readonly cursor: unknown;
}

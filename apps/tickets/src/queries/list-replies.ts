import { type DataSource } from 'typeorm';
import { decodePosition, type Page, toPage } from '#paging';
import { type StoredReply } from '../domain/reply.js';
import { repliesAfter } from '../persistence/replies.js';

interface ListRepliesInput {
  readonly ticketId: string;
  readonly limit: number;
  readonly cursor: unknown;
}

export class ListReplies {
  constructor(private readonly dataSource: DataSource) {}

  /** Oldest first. @throws Problem `invalid` with the pointer `cursor` */
  async execute({ ticketId, limit, cursor }: ListRepliesInput): Promise<Page<StoredReply>> {
    const after = decodePosition(cursor, 'string');
    const found = await repliesAfter(this.dataSource.manager, ticketId, after, limit + 1);
    return toPage(
      found,
      limit,
      ({ createdAt, id }) => [createdAt.getTime(), id],
      (reply) => reply,
    );
  }
}

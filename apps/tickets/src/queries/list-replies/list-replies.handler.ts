import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { decodePosition, type Page, toPage } from '#paging';
import { type StoredReply } from '../../domain/reply.js';
import { repliesAfter } from '../../persistence/replies.js';
import { type ListReplies } from './list-replies.query.js';

@Injectable()
export class ListRepliesHandler {
  constructor(private readonly dataSource: DataSource) {}

  /** Oldest first. @throws Problem `invalid` with the pointer `cursor` */
  async execute({ ticketId, limit, cursor }: ListReplies): Promise<Page<StoredReply>> {
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

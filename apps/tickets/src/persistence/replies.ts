import { type EntityManager } from 'typeorm';
import { type PagePosition } from '#paging';
import { type Reply, type StoredReply } from '../domain/reply.js';
import { timeOfInsert } from './database-time.js';
import { ReplyEntity } from './reply.entity.js';

/** @returns it as it is stored */
export async function insertReply(tx: EntityManager, reply: Reply): Promise<StoredReply> {
  const { ticketId, id, author, body } = reply;
  const row = {
    ticketId,
    id,
    body,
    authorId: author.id,
    authorName: author.name,
    createdAt: timeOfInsert,
  };
  const insert = tx
    .createQueryBuilder()
    .insert()
    .into(ReplyEntity)
    .values(row)
    .returning(['createdAt']);
  const { raw } = (await insert.execute()) as { raw: [{ created_at: Date }] };
  return { ...reply, createdAt: raw[0].created_at };
}

export async function findReply(
  manager: EntityManager,
  ticketId: string,
  id: string,
): Promise<StoredReply | undefined> {
  const row = await manager.findOneBy(ReplyEntity, { ticketId, id });
  return row === null ? undefined : toReply(row);
}

/** Oldest first. @param after where the last reply already seen stands */
export async function repliesAfter(
  manager: EntityManager,
  ticketId: string,
  after: PagePosition | undefined,
  limit: number,
): Promise<StoredReply[]> {
  const query = manager
    .createQueryBuilder(ReplyEntity, 'reply')
    .where('reply.ticketId = :ticketId', { ticketId });
  if (after !== undefined) query.andWhere('(reply.createdAt, reply.id) > (:time, :id)', after);
  return (
    await query
      .orderBy('reply.createdAt', 'ASC')
      .addOrderBy('reply.id', 'ASC')
      .limit(limit)
      .getMany()
  ).map(toReply);
}

const toReply = ({
  ticketId,
  id,
  authorId,
  authorName,
  body,
  createdAt,
}: ReplyEntity): StoredReply => ({
  ticketId,
  id,
  author: { id: authorId, name: authorName },
  body,
  createdAt,
});

import { type EntityManager } from 'typeorm';
import { type Reply } from '../domain/reply.js';
import { ReplyEntity } from './reply.entity.js';

export async function insertReply(tx: EntityManager, { author, ...reply }: Reply): Promise<void> {
  await tx.insert(ReplyEntity, { ...reply, authorId: author.id, authorName: author.name });
}

export async function findReply(manager: EntityManager, ticketId: string, id: string): Promise<Reply | undefined> {
  const row = await manager.findOneBy(ReplyEntity, { ticketId, id });
  return row === null ? undefined : toReply(row);
}

/** Oldest first. @param after the id of the last reply already seen */
export async function repliesAfter(manager: EntityManager, ticketId: string, after: string | undefined, limit: number): Promise<Reply[]> {
  const query = manager.createQueryBuilder(ReplyEntity, 'reply').where('reply.ticketId = :ticketId', { ticketId });
  if (after !== undefined) query.andWhere('reply.id > :after', { after });
  return (await query.orderBy('reply.id', 'ASC').limit(limit).getMany()).map(toReply);
}

const toReply = ({ ticketId, id, authorId, authorName, body, createdAt }: ReplyEntity): Reply => ({
  ticketId,
  id,
  author: { id: authorId, name: authorName },
  body,
  createdAt,
});

import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * A row of `reply`. Ids are by the clock of a host, so their order is not that of
 * writing: `createdAt`'s is.
 */
@Entity('reply')
export class ReplyEntity {
  @PrimaryColumn('text', { name: 'ticket_id' })
  ticketId!: string;

  @PrimaryColumn('text')
  id!: string;

  @Column('text', { name: 'author_id' })
  authorId!: string;

  @Column('text', { name: 'author_name', nullable: true })
  authorName!: string | null;

  @Column('text')
  body!: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}

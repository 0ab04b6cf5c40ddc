import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A row of `reply`; ids are UUIDv7, so their order is the order of writing. */
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

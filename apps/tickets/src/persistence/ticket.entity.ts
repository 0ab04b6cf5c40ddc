import { Column, Entity, PrimaryColumn } from 'typeorm';
import { type TicketStatus } from '#contracts';

/**
 * A row of `ticket`. Never sent: {@link toTicket} maps it to the domain's ticket, and a
 * response is mapped from that.
 */
@Entity('ticket')
export class TicketEntity {
  @PrimaryColumn('text')
  id!: string;

  @Column('text')
  home!: string;

  @Column('text')
  subject!: string;

  @Column('text', { nullable: true })
  description!: string | null;

  @Column('text')
  status!: TicketStatus;

  @Column('integer')
  version!: number;

  @Column('integer')
  phase!: number;

  @Column('text', { name: 'requester_id', nullable: true })
  requesterId!: string | null;

  @Column('text', { name: 'requester_name', nullable: true })
  requesterName!: string | null;

  @Column('text', { name: 'assignee_id', nullable: true })
  assigneeId!: string | null;

  @Column('text', { name: 'assignee_name', nullable: true })
  assigneeName!: string | null;

  @Column('boolean')
  doubted!: boolean;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt!: Date;
}

import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * A row of `ticket_mirror`: the position of the home's latest event for each
 * field of a mirrored ticket.
 */
@Entity('ticket_mirror')
export class TicketMirrorEntity {
  @PrimaryColumn('text', { name: 'ticket_id' })
  ticketId!: string;

  @Column('text', { name: 'status_at', nullable: true })
  status!: string | null;

  @Column('text', { name: 'requester_at', nullable: true })
  requester!: string | null;

  @Column('text', { name: 'assignee_at', nullable: true })
  assignee!: string | null;

  @Column('text', { name: 'subject_at', nullable: true })
  subject!: string | null;

  @Column('text', { name: 'end_at', nullable: true })
  end!: string | null;
}

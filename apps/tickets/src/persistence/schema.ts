import { idempotencySchema } from '#idempotency';
import { outboxSchema } from '#outbox';
import { ReplyEntity } from './reply.entity.js';
import { TicketEntity } from './ticket.entity.js';
import { TicketMirrorEntity } from './ticket-mirror.entity.js';
import { CreateTickets1760000000000 } from './migrations/0001-create-tickets.js';
import { MirrorTickets1770000000000 } from './migrations/0002-mirror-tickets.js';
import { Witness1780000000000 } from './migrations/0003-witness.js';
import { RepliesByTime1790000000000 } from './migrations/0004-replies-by-time.js';
import { Changes1800000000000 } from './migrations/0005-changes.js';
import { ChangesByTransaction1810000000000 } from './migrations/0006-changes-by-transaction.js';
import { Doubts1820000000000 } from './migrations/0007-doubts.js';
import { EarlyDoubts1830000000000 } from './migrations/0008-early-doubts.js';
import { ChangesOfDoubt1840000000000 } from './migrations/0009-changes-of-doubt.js';

export const entities = [TicketEntity, TicketMirrorEntity, ReplyEntity];

/** In their order. A class keeps its name: the database has recorded it. */
export const migrations = [
  CreateTickets1760000000000,
  MirrorTickets1770000000000,
  Witness1780000000000,
  RepliesByTime1790000000000,
  Changes1800000000000,
  ChangesByTransaction1810000000000,
  Doubts1820000000000,
  EarlyDoubts1830000000000,
  ChangesOfDoubt1840000000000,
];

/**
 * What the service may do, and nothing else: tickets are never
 * deleted, replies never changed.
 */
export const grants = (role: string): readonly string[] => [
  `GRANT SELECT, INSERT, UPDATE ON ticket TO ${role}`,
  `GRANT SELECT, INSERT, UPDATE ON ticket_mirror TO ${role}`,
  `GRANT SELECT, INSERT, UPDATE ON ticket_doubt TO ${role}`,
  `GRANT SELECT, INSERT, UPDATE, DELETE ON early_doubt TO ${role}`,
  `GRANT SELECT, INSERT ON reply TO ${role}`,
  `GRANT SELECT, INSERT, UPDATE ON credentials_mark TO ${role}`,
  // Updated by nobody, but locked before it is deleted, which takes this right.
  `GRANT SELECT, INSERT, UPDATE (forget_at), DELETE ON destroyed_credential TO ${role}`,
  ...outboxSchema.grants(role),
  ...idempotencySchema.grants(role),
];

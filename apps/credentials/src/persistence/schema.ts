import { idempotencySchema } from '#idempotency';
import { leadershipSchema } from '#leadership';
import { outboxSchema } from '#outbox';
import { Initial1763856000000 } from './migrations/0001-credentials-bound-to-gates.js';
import { SigningKeys1764000000000 } from './migrations/0002-signing-keys.js';
import { AuditCheckpoints1764000100000 } from './migrations/0003-audit-checkpoints.js';
import { KeyEpochs1764000200000 } from './migrations/0004-key-epochs.js';
import { LeadersAndDoubt1764000400000 } from './migrations/0005-leaders-and-doubt.js';
import { Assignments1764000500000 } from './migrations/0006-assignments.js';
import { FirstNotes1764000600000 } from './migrations/0007-first-notes.js';
import { CoveredChains1764000700000 } from './migrations/0008-covered-chains.js';
import { DatabaseMark1764000800000 } from './migrations/0009-database-mark.js';
import { ListsByTime1764001000000 } from './migrations/0011-lists-by-time.js';

export const migrations = [
  Initial1763856000000,
  SigningKeys1764000000000,
  AuditCheckpoints1764000100000,
  KeyEpochs1764000200000,
  LeadersAndDoubt1764000400000,
  Assignments1764000500000,
  FirstNotes1764000600000,
  CoveredChains1764000700000,
  DatabaseMark1764000800000,
  ListsByTime1764001000000,
];

/**
 * What the service's role may do, and nothing else. The access log can be written and
 * read, never changed; a receipt gets its signature and nothing else; a gate cannot go.
 */
export const grants = (role: string): string[] => [
  `GRANT SELECT, INSERT, UPDATE ON ticket_gate TO ${role}`,
  // `checkpointed_seq` is the release before's.
  `GRANT SELECT, INSERT, UPDATE (seq, hash, checkpointed_seq) ON access_log_head TO ${role}`,
  `GRANT SELECT, INSERT, UPDATE ON access_log_covered TO ${role}`,
  `GRANT SELECT, INSERT
   ON access_log, destruction_receipt, signing_key,
     audit_checkpoint, audit_checkpoint_head, destroyed_key
   TO ${role}`,
  `GRANT UPDATE (jws) ON destruction_receipt TO ${role}`,
  `GRANT SELECT, INSERT, UPDATE, DELETE
   ON credential, credential_request, key_encryption_key, rate_limit
   TO ${role}`,
  `GRANT SELECT, INSERT, UPDATE, DELETE ON standing_doubt TO ${role}`,
  `GRANT SELECT, UPDATE (database, life, beat, doubt, doubted_since) ON database_mark TO ${role}`,
  ...outboxSchema.grants(role),
  ...idempotencySchema.grants(role),
  ...leadershipSchema.grants(role),
];

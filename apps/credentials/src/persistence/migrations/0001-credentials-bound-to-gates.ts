import { type QueryRunner } from 'typeorm';
import { idempotencySchema } from '#idempotency';
import { outboxSchema } from '#outbox';
import { ForwardMigration } from '#postgres';

/**
 * The database itself guarantees that the ticket of every stored credential is live as
 * far as its gate knows: a credential is bound to an even phase, and the foreign key
 * ties that phase to the gate's present one, so a gate cannot move on while a
 * credential is bound to it.
 */
const gates = `
  CREATE TABLE ticket_gate (
    ticket_id text PRIMARY KEY,
    -- -1 until tickets has answered for the first time: nothing can be bound to that.
    phase integer NOT NULL DEFAULT -1,
    version integer NOT NULL DEFAULT 0,
    status text,
    requester_id text,
    assignee_id text,
    last_number integer NOT NULL DEFAULT 0,
    UNIQUE (ticket_id, phase)
  );`;

/**
 * A key in use cannot go: credentials refer to it. The key itself is a
 * file of the ring, never here.
 */
const keys = `
  CREATE TABLE key_encryption_key (
    id uuid PRIMARY KEY,
    created_at timestamptz NOT NULL DEFAULT now(),
    is_current boolean NOT NULL
  );
  CREATE UNIQUE INDEX one_current_key ON key_encryption_key (is_current) WHERE is_current;`;

const credentials = `
  CREATE TABLE credential (
    ticket_id text NOT NULL,
    id uuid NOT NULL,
    bound_phase integer NOT NULL
      CONSTRAINT bound_to_a_live_phase CHECK (bound_phase >= 0 AND bound_phase % 2 = 0),
    number integer NOT NULL,
    submitted_by text NOT NULL,
    submitted_by_name text,
    submitted_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    kek_id uuid NOT NULL REFERENCES key_encryption_key (id),
    wrapped_key bytea NOT NULL,
    core bytea NOT NULL,
    note bytea,
    has_link boolean NOT NULL,
    note_version integer NOT NULL DEFAULT 1,
    reveals integer NOT NULL DEFAULT 0,
    last_revealed_at timestamptz,
    last_revealed_by text,
    last_revealed_by_name text,
    PRIMARY KEY (ticket_id, id),
    CONSTRAINT gate_is_live
      FOREIGN KEY (ticket_id, bound_phase) REFERENCES ticket_gate (ticket_id, phase)
  );
  CREATE INDEX credential_by_expiry ON credential (expires_at);
  CREATE INDEX credential_by_key ON credential (kek_id);`;

/**
 * Entries are chained per ticket; the head holds the last one's place and hash,
 * and is what appenders lock.
 */
const accessLog = `
  CREATE TABLE access_log_head (
    ticket_id text PRIMARY KEY,
    seq integer NOT NULL,
    hash bytea NOT NULL
  );
  CREATE TABLE access_log (
    ticket_id text NOT NULL,
    seq integer NOT NULL,
    at timestamptz NOT NULL,
    actor_id text,
    actor_name text,
    actor_role text NOT NULL,
    action text NOT NULL,
    credential_id uuid,
    outcome text NOT NULL CHECK (outcome IN ('done', 'refused', 'failed')),
    reason text,
    request_id text,
    address text,
    hash bytea NOT NULL,
    PRIMARY KEY (ticket_id, seq)
  );`;

const receipts = `
  CREATE TABLE destruction_receipt (
    ticket_id text NOT NULL,
    id uuid NOT NULL,
    destroyed_at timestamptz NOT NULL,
    reason text NOT NULL,
    phase integer NOT NULL,
    trigger_id text,
    credential_ids uuid[] NOT NULL,
    kek_ids uuid[] NOT NULL,
    chain_seq integer NOT NULL,
    chain_hash bytea NOT NULL,
    jws text,
    PRIMARY KEY (ticket_id, id)
  );`;

const requests = `
  CREATE TABLE credential_request (
    ticket_id text NOT NULL,
    id uuid NOT NULL,
    requested_by text NOT NULL,
    requested_by_name text,
    message text,
    created_at timestamptz NOT NULL,
    fulfilled_at timestamptz,
    PRIMARY KEY (ticket_id, id)
  );
  CREATE UNIQUE INDEX one_open_request
    ON credential_request (ticket_id) WHERE fulfilled_at IS NULL;`;

/**
 * Counts of the last minute: worthless after a crash, so not worth the
 * write-ahead log (UNLOGGED).
 */
const rateLimits = `
  CREATE UNLOGGED TABLE rate_limit (
    key text PRIMARY KEY,
    points integer NOT NULL DEFAULT 0,
    expire bigint
  );`;

export class Initial1763856000000 extends ForwardMigration {
  name = 'Initial1763856000000';

  async up(runner: QueryRunner): Promise<void> {
    const tables = [
      gates,
      keys,
      credentials,
      accessLog,
      receipts,
      requests,
      rateLimits,
      ...outboxSchema.tables,
      ...idempotencySchema.tables,
    ];
    for (const ddl of tables) await runner.query(ddl);
  }
}

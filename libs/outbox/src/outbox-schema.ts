import { type LibrarySchema } from '#postgres';

/**
 * The table of one service's outbox.
 *
 * A row is deleted as soon as the broker confirmed its event, so the table holds
 * what is still owed. `lease_token` is the fence: only the relay that claimed a row
 * last may delete or release it.
 *
 * The claim walks the primary key, oldest first. It is the only index a claim could use,
 * and deliberately so: no index mentions what a claim changes, so that claiming stays a
 * heap-only update (hence the fillfactor). Vacuum is eager because every row dies young.
 */
const outbox = `
CREATE TABLE outbox (
  seq bigserial PRIMARY KEY,
  id uuid NOT NULL UNIQUE,
  exchange text NOT NULL,
  type text NOT NULL,
  payload jsonb NOT NULL,
  headers jsonb NOT NULL DEFAULT '{}',
  attempts integer NOT NULL DEFAULT 0,
  next_attempt_at timestamptz NOT NULL DEFAULT now(),
  lease_token uuid,
  lease_until timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  last_error text
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000)
`;

export const outboxSchema: LibrarySchema = {
  tables: [outbox],
  grants: (role) => [
    `GRANT SELECT, INSERT, UPDATE, DELETE ON outbox TO ${role}`,
    `GRANT USAGE ON SEQUENCE outbox_seq_seq TO ${role}`,
  ],
};

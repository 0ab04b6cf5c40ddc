import { type LibrarySchema } from '#postgres';

/** It stores neither a body nor a hash of one. */
export const idempotencySchema: LibrarySchema = {
  tables: [
    `CREATE TABLE idempotency (
       ticket_id   text NOT NULL,
       actor_id    text NOT NULL,
       route       text NOT NULL,
       key         text NOT NULL,
       resource_id text NOT NULL,
       answer      jsonb,
       created_at  timestamptz NOT NULL DEFAULT now(),
       PRIMARY KEY (ticket_id, actor_id, route, key)
     )`,
    'CREATE INDEX idempotency_created_at ON idempotency (created_at)',
  ],
  grants: (role) => [`GRANT SELECT, INSERT, UPDATE, DELETE ON idempotency TO ${role}`],
};

import { type QueryRunner } from 'typeorm';
import { ForwardMigration } from '#postgres';

/**
 * Which transaction changed a ticket's standing last, for those who follow the
 * changes (docs/adr/0015-a-feed-of-changes.md); null if that was before this. By
 * a trigger, so that whatever writes a ticket is followed: the release before
 * this one too, and an operator.
 */
const statements = [
  'ALTER TABLE ticket ADD COLUMN changed_in xid8',
  `CREATE FUNCTION note_change() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     NEW.changed_in := pg_current_xact_id();
     RETURN NEW;
   END $$`,
  `CREATE TRIGGER ticket_notes_change
   BEFORE INSERT OR UPDATE OF status, version, phase, requester_id, assignee_id, home ON ticket
   FOR EACH ROW EXECUTE FUNCTION note_change()`,
];

export class Changes1800000000000 extends ForwardMigration {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }
}

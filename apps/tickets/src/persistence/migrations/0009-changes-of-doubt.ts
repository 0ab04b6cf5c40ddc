import { type QueryRunner } from 'typeorm';
import { ForwardMigration } from '#postgres';

/**
 * A doubt is a part of the standing: whoever writes it, an operator too, changes the
 * ticket for those who follow.
 */
const statements = [
  'DROP TRIGGER ticket_notes_change ON ticket',
  `CREATE TRIGGER ticket_notes_change
   BEFORE INSERT OR UPDATE
     OF status, version, phase, requester_id, assignee_id, home, doubted
     ON ticket
   FOR EACH ROW EXECUTE FUNCTION note_change()`,
];

export class ChangesOfDoubt1840000000000 extends ForwardMigration {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }
}

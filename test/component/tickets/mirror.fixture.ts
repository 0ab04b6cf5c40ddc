import { expect } from '@jest/globals';
import { waitUntilPasses } from '../../support/wait-for.js';
import { type Helpdesk } from './helpdesk.js';

export const becomes = (desk: Helpdesk, id: string, facts: Record<string, unknown>) =>
  waitUntilPasses(async () => {
    expect(await desk.ticket(id)).toMatchObject(facts);
  });

export async function phaseOf(desk: Helpdesk, id: string): Promise<number> {
  const [row] = await desk.stage.database.query<{ phase: number }>(
    'SELECT phase FROM ticket WHERE id = $1',
    [id],
  );
  return row!.phase;
}

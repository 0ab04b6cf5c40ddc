import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { waitFor } from '../../support/wait-for.js';
import { dead, type Helpdesk, queue, startHelpdesk } from './helpdesk.js';

let desk: Helpdesk;

beforeAll(async () => {
  desk = await startHelpdesk();
});
afterAll(() => desk.close());

describe('while the database is away', () => {
  it('consuming stops, no event is given up, and all are applied when it is back', async () => {
    const ids = [desk.newId(), desk.newId()];
    await desk.stage.database.cutOff();
    for (const ticketId of ids) await desk.publish({ ticketId, status: 'open', version: 1 });
    await waitFor(async () => (await desk.broker.consumers(queue)) === 0);
    await desk.stage.database.letIn();
    for (const id of ids) await desk.ticket(id);
    expect(await desk.broker.depth(dead)).toBe(0);
  });
});

describe('an event that fails for once', () => {
  it('is tried again, and its user is still the one that the broker vouched for', async () => {
    const id = desk.newId('eu:');
    await desk.stage.database.query(
      'ALTER TABLE outbox ADD CONSTRAINT broken CHECK (false) NOT VALID',
    );
    await desk.publish(
      { ticketId: id, status: 'open', version: 1 },
      { attributes: { source: '/eu-desk' }, userId: desk.user },
    );
    const retried = async () =>
      /result="retry"[^}]*\} 1$/m.test(await desk.stage.anonymous.metrics());
    await waitFor(retried);
    expect((await desk.agent.get(`/v1/tickets/${id}`)).status).toBe(404);
    await desk.stage.database.query('ALTER TABLE outbox DROP CONSTRAINT broken');
    expect(await desk.ticket(id)).toMatchObject({ home: '/eu-desk', version: 1 });
    expect(await desk.broker.depth(dead)).toBe(0);
  });
});

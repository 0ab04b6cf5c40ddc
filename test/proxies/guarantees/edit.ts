import { expect, it } from '@jest/globals';
import { type Before, newPeople, takenTicket } from '../harness/before.js';

export function leavesEditsPossible({ street, product }: Before): void {
  it.each(['gzip', 'identity'])(
    'leaves the tag of an answer usable, however it was rewritten, where the client accepts %s',
    async (coding) => {
      const caller = street().caller(product);
      // Long enough to be worth compressing.
      const { path, agent } = await takenTicket(
        caller,
        newPeople(),
        'It has been down since this morning. '.repeat(100),
      );
      const read = await caller.call(agent, 'GET', path, undefined, { 'accept-encoding': coding });
      const tag = { 'if-match': read.headers.get('etag') ?? 'none' };
      expect(await caller.call(agent, 'PATCH', path, { status: 'pending' }, tag)).toMatchObject({
        status: 200,
        body: { status: 'pending' },
      });
      expect(await caller.call(agent, 'PATCH', path, { status: 'on_hold' }, tag)).toMatchObject({
        status: 412,
        body: { code: 'stale' },
      });
    },
  );
}

import { beforeAll, describe, expect, it } from '@jest/globals';
import { stage } from './shared-stage.js';

let ticket: string;
beforeAll(async () => {
  ({ ticket } = await stage.ticket());
}, 120_000);

async function faults(
  actor: string,
  method: string,
  path: string,
  fields?: object,
): Promise<string[]> {
  const { status, body } = await stage.call(actor, method, path, fields);
  expect([status, body.code]).toEqual([422, 'invalid']);
  return (body.errors as { pointer: string; code: string }[])
    .map(({ pointer, code }) => `${pointer} ${code}`)
    .sort();
}

describe('the code of a faulty field', () => {
  it('says what its rule demands, or that it was left out', async () => {
    expect(await faults('customer-1', 'POST', '/v1/tickets', {})).toEqual(['/subject required']);
    const shared = { username: '', link: 'x', expiresIn: 1, more: 1 };
    expect(await faults('customer-1', 'POST', `${ticket}/credentials`, shared)).toEqual([
      '/expiresIn integer',
      '/link link',
      '/more unknown',
      '/password required',
      '/username text',
    ]);
    const tooLong = { username: 'u', password: 'p', expiresIn: 365 * 86_400 };
    expect(await faults('customer-1', 'POST', `${ticket}/credentials`, tooLong)).toEqual([
      '/expiresIn integer',
    ]);
    expect(await faults('agent-1', 'PATCH', ticket, { status: 'new' })).toEqual(['/status status']);
  });

  it('of a query is no name of a library’s rule', async () => {
    expect(await faults('agent-1', 'GET', '/v1/tickets?status=new&assignee=you&home=')).toEqual([
      'assignee invalid',
      'home invalid',
      'status status',
    ]);
    expect(await faults('agent-1', 'GET', `${ticket}/replies?limit=0`)).toEqual(['limit invalid']);
  });
});

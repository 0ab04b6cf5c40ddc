import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';
import { stage } from './shared-stage.js';

const [, snippet = ''] = /```js\n(.*?)```/s.exec(readFileSync('docs/integrating.md', 'utf8')) ?? [];

/** What a page has around the lines of docs/integrating.md. */
const around = (lines: string) => `
  const { API, TOKEN, ticketId } = process.env;
  const token = async () => TOKEN;
  const [username, password] = ['root', 's3cret'];
  ${lines}
  console.log(JSON.stringify(items));
  await api('/tickets/nowhere').catch(({ code }) => console.log(code));`;

it('the front end of docs/integrating.md shares, reveals and edits', async () => {
  const { ticket } = await stage.ticket();
  const both = JSON.stringify({ sub: 'customer-1', roles: ['customer', 'agent'] });
  const { body } = await stage.raw(null, 'POST', '/dev/token', both);
  await stage.call('agent-1', 'PATCH', ticket, { assigneeId: 'customer-1' });
  const env = {
    API: stage.url.replace(/\/$/, ''),
    TOKEN: body.access_token as string,
    ticketId: ticket.split('/').at(-1),
  };
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '-e', around(snippet)],
    { env },
  );
  const [items = '', code] = stdout.trim().split('\n');
  expect([JSON.parse(items), code]).toMatchObject([
    [{ username: 'root', password: 's3cret', additionalInformation: null }],
    'not-found',
  ]);
  const list = await stage.call('customer-1', 'GET', `${ticket}/credentials`);
  expect(list.body.items).toMatchObject([
    { hasAdditionalInformation: true, noteVersion: 2, reveals: 1 },
  ]);
});

import { afterEach, expect, it } from '@jest/globals';
import { OpenTicket } from './open-context.fixture.js';

const tokenOf = (claims: object) => `e30.${btoa(JSON.stringify(claims))}.c2ln`;

let open: OpenTicket;
afterEach(() => {
  open.context.close();
});

it('an issuer that puts something new into each token does not make the page open its stream again and again', async () => {
  let given = 0;
  open = await OpenTicket.open(() => tokenOf({ sub: 'agent-1', uti: (given += 1) }));
  for (let time = 0; time < 5; time += 1) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    await open.tell('sync');
    await open.context.watch.refresh();
  }
  const times = (pattern: RegExp) => open.asked.filter((url) => pattern.test(url)).length;
  expect([times(/streams/), times(/me\.json/)]).toEqual([1, 2]);
});

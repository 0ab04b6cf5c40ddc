import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { openAnswer } from './live-ticket.fixture.js';
import { type LeaderMessage } from './tab-messages.js';
import { StreamLeader } from './stream-leader.js';

const pass = (seconds: number) => jest.advanceTimersByTimeAsync(seconds * 1000);

/** The messages to all tabs. */
let broadcasts: LeaderMessage[];
/** The tickets of each stream that was requested. */
let opened: (readonly string[])[];
let wanted: string[];
let stream: ReturnType<typeof openAnswer>;
let open: () => Response;
let term: AbortController;
let leader: StreamLeader;

beforeEach(() => {
  jest.useFakeTimers();
  [broadcasts, opened, term] = [[], [], new AbortController()];
  open = () => (stream = openAnswer()).response;
  leader = new StreamLeader({
    locks: undefined,
    open: (ticketIds) => {
      opened.push(ticketIds);
      return Promise.resolve().then(() => open());
    },
    broadcast: (message) => {
      broadcasts.push(message);
      if (message.kind === 'ask') for (const ticketId of wanted) leader.want(ticketId, ticketId);
    },
  });
});
afterEach(() => {
  term.abort();
  jest.useRealTimers();
});

/** Leads those who want these tickets, each a tab of the same name. */
async function lead(...ticketIds: string[]): Promise<{ ended: Promise<number> }> {
  wanted = ticketIds;
  const ended = leader.lead(term.signal);
  await pass(0.2);
  return { ended };
}

it('the end of a stream is announced at once, before the next one is opened', async () => {
  await lead('T');
  for (const isLasting of [false, false, true]) {
    broadcasts = [];
    await stream.end();
    await pass(0.05);
    expect(broadcasts).toEqual([{ kind: 'lost', isLasting }]);
    await pass(2.5);
  }
});

it('a tab whose token is refused stops leading, and for longer each time', async () => {
  open = () => new Response(null, { status: 401 });
  const pauses: number[] = [];
  for (let time = 0; time < 8; time += 1) pauses.push(await (await lead('T')).ended);
  expect([(pauses[0] as number) <= 500, (pauses.at(-1) as number) >= 7_500]).toEqual([true, true]);
});

it('a tab goes on leading if there is no answer, since another would get none either', async () => {
  open = () => {
    throw new TypeError('Failed to fetch');
  };
  let isOver = false;
  void (await lead('T')).ended.then(() => (isOver = true));
  await pass(120);
  expect([isOver, opened.length > 5, opened.length < 25]).toEqual([false, true, true]);
});

const tickets = Array.from({ length: 32 }, (_, number) => `T${number}`);
const leftOut = () =>
  broadcasts.flatMap((message) => (message.kind === 'left-out' ? [message] : []));

it('a stream has thirty tickets at most, and the tab of each further one is told so', async () => {
  await lead(...tickets.slice(0, 31));
  leader.want('late', 'T31');
  leader.want('another tab', 'T0');
  await pass(0.05);
  expect([opened, leftOut().map(({ ticketId }) => ticketId)]).toEqual([
    [tickets.slice(0, 30)],
    ['T30', 'T31'],
  ]);
});

it('a ticket that was left out takes the place of one whose last tab has gone', async () => {
  await lead(...tickets);
  leader.want('another tab', 'T0');
  leader.leave('T0');
  leader.leave('T31');
  await pass(0.05);
  expect(opened).toHaveLength(1);
  leader.leave('another tab');
  await pass(0.05);
  expect(opened.at(-1)).toEqual(tickets.slice(1, 31));
});

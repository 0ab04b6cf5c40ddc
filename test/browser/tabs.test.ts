import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HttpProxy } from '../support/http-proxy.js';
import { waitFor } from '../support/wait-for.js';
import { holdLooks, isStream } from './harness/hold.js';
import { type Tab, Tabs } from './harness/tabs.js';
import { useScene } from './harness/use-scene.js';

const stage = useScene();
/**
 * Between the browser and the gateway, over HTTP/1.1: what passes here is what a browser
 * really asks and holds open.
 */
let line: HttpProxy;
beforeAll(async () => {
  line = await HttpProxy.to(stage.scene.system.url);
}, 240_000);
afterAll(() => line.close());

/** Streams that are open at the moment; their tokens say whose they are. */
const streams = () => [...line.underWay].filter(({ url = '' }) => isStream(new URL(url, line.url)));
const ticketsOf = (stream: { url?: string } | undefined) =>
  new URL(stream?.url ?? '', line.url).searchParams.get('tickets')?.split(',') ?? [];
const open = () => Tabs.open(stage, { baseURL: line.url });

/** Resolves when one stream is about the tickets of all these tabs. */
const shared = (tabs: readonly Tab[]) =>
  waitFor(() =>
    streams().some((stream) => tabs.every(({ ticketId }) => ticketsOf(stream).includes(ticketId))),
  );

/**
 * Resolves when a stream that was opened after so many calls has told the tab how its
 * ticket stands, and the tab has looked since.
 */
const told = ({ ticketId }: Tab, after: number) =>
  waitFor(() => {
    const sync = new RegExp(`event: sync\\n(id: .*\\n)?data: .*${ticketId}`);
    const piece = line.streamed.find(
      ({ call, text }) => line.calls.indexOf(call) >= after && sync.test(text),
    );
    const isLook = ({ method, url }: { method?: string; url?: string }) =>
      method === 'GET' && url === `/v1/tickets/${ticketId}/credentials`;
    return piece !== undefined && line.calls.slice(piece.callsBefore).some(isLook);
  });

/** That many tabs, by the last of which all have one stream. */
async function opened(count: number): Promise<Tabs> {
  const tabs = await open();
  for (let number = 1; number < count; number += 1) await tabs.reveal();
  const before = line.calls.length;
  await told(await tabs.reveal(), before);
  await shared(tabs.all);
  return tabs;
}

describe('ten tabs of one person, each with a ticket of its own', () => {
  it('ten tabs share one stream, by which each learns of the end of its own ticket', async () => {
    const tabs = await opened(10);
    expect(streams()).toHaveLength(1);
    for (const { page } of tabs.all) await holdLooks(page);
    const [first, ...others] = tabs.all as [Tab, ...Tab[]];
    await tabs.end(first);
    expect(await Promise.all(others.map((tab) => tabs.isShown(tab)))).toEqual(
      others.map(() => true),
    );
    await Promise.all(others.map((tab) => tabs.end(tab)));
    expect(streams()).toHaveLength(1);
  });
});

describe('the tab that holds the stream', () => {
  it('holds it on where its own ticket ends: nobody takes over, and nobody is asked who they are', async () => {
    const tabs = await opened(3);
    const leader = await tabs.leader();
    const [[stream], before] = [streams(), line.calls.length];
    await tabs.end(leader);
    await leader.page.getByText('Destruction receipts').waitFor();
    for (const tab of tabs.all) if (tab !== leader) await tabs.end(tab);
    expect(streams()).toEqual([stream]);
    expect(line.calls.slice(before).filter(({ url }) => url === '/me.json')).toEqual([]);
  });

  it('if the leading tab is closed, another takes over and learns of an end that came meanwhile', async () => {
    const tabs = await opened(3);
    const [leader, follower] = [await tabs.leader(), await tabs.follower()];
    const before = line.calls.length;
    await Promise.all([leader.page.close(), tabs.end(follower)]);
    const [last] = tabs.all.filter((tab) => tab !== leader && tab !== follower) as [Tab];
    await told(last, before);
    await holdLooks(last.page);
    await tabs.end(last);
  });

  it('if the leading tab is frozen by the browser, another takes over', async () => {
    const tabs = await opened(2);
    const [leader, follower] = [await tabs.leader(), await tabs.follower()];
    const [[stream], before] = [streams(), line.calls.length];
    // What the browser says before it does so; it does not freeze what a test looks at.
    await leader.page.evaluate("document.dispatchEvent(new Event('freeze'))");
    await waitFor(() => streams().length === 1 && streams()[0] !== stream);
    expect(await tabs.isShown(leader)).toBe(false);
    await told(follower, before);
    await holdLooks(follower.page);
    await tabs.end(follower);
    await leader.page.evaluate("document.dispatchEvent(new Event('resume'))");
    await shared(tabs.all);
  });

  it('if the leading tab is blocked by a dialog of the browser, another takes over', async () => {
    const tabs = await opened(2);
    const [leader, follower] = [await tabs.leader(), await tabs.follower()];
    const before = line.calls.length;
    const asked = leader.page.waitForEvent('dialog');
    void leader.page.evaluate('alert("May I?")').catch(() => undefined);
    const dialog = await asked;
    await told(follower, before);
    expect(streams()).toHaveLength(2);
    await holdLooks(follower.page);
    await tabs.end(follower);
    await dialog.dismiss();
    await waitFor(() => streams().length === 1);
    await tabs.end(leader);
  });

  it('if the leading tab signs out, another takes over', async () => {
    const tabs = await opened(2);
    const [leader, follower] = [await tabs.leader(), await tabs.follower()];
    const before = line.calls.length;
    await leader.page.getByRole('button', { name: 'Sign out' }).click();
    await told(follower, before);
    await holdLooks(follower.page);
    await tabs.end(follower);
  });
});

describe('tabs of several people in one browser', () => {
  it('tabs of different people do not share a stream', async () => {
    const tabs = await open();
    const bob = await tabs.reveal();
    await shared([bob]);
    const alice = await tabs.show('Alice', 'bob');
    await shared([alice]);
    const [one, other] = streams();
    expect(streams()).toHaveLength(2);
    expect(one?.headers.authorization).not.toBe(other?.headers.authorization);
    expect([ticketsOf(one), ticketsOf(other)].map(({ length }) => length)).toEqual([1, 1]);
  });

  it('one browser has three streams at most; a tab without one polls until one is free', async () => {
    const tabs = await open();
    const { page } = await tabs.show('Erin', null);
    await page.evaluate(`for (const slot of [0, 1, 2])
      navigator.locks.request('private-credentials slot ' + slot, () =>
        new Promise((resolve) => addEventListener('letGo', resolve)));
      0`);
    const [first, second] = [await tabs.reveal(), await tabs.reveal()];
    await tabs.end(first);
    expect(streams()).toEqual([]);
    await page.evaluate("dispatchEvent(new Event('letGo'))");
    await shared([second]);
  });
});

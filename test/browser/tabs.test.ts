import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HttpProxy } from '../support/http-proxy.js';
import { waitFor } from '../support/wait-for.js';
import { holdReads, isStream } from './harness/hold.js';
import { type Tab, Tabs } from './harness/tabs.js';
import { useScene } from './harness/use-scene.js';

const stage = useScene();
/**
 * Between the browser and the gateway, over HTTP/1.1: it sees the requests that the
 * browser sends and the streams that it holds open.
 */
let proxy: HttpProxy;
beforeAll(async () => {
  proxy = await HttpProxy.to(stage.scene.system.url);
}, 240_000);
afterAll(() => proxy.close());

/** The requests of the streams that are open now. */
const streams = () =>
  [...proxy.underWay].filter(({ url = '' }) => isStream(new URL(url, proxy.url)));
const ticketsOf = (stream: { url?: string } | undefined) =>
  new URL(stream?.url ?? '', proxy.url).searchParams.get('tickets')?.split(',') ?? [];
const open = () => Tabs.open(stage, { baseURL: proxy.url });

/** Resolves when one stream is about the tickets of all these tabs. */
const allShareOneStream = (tabs: readonly Tab[]) =>
  waitFor(() =>
    streams().some((stream) => tabs.every(({ ticketId }) => ticketsOf(stream).includes(ticketId))),
  );

/**
 * Resolves when a stream that was opened after `after` calls has sent the tab's `sync`,
 * and the tab has fetched everything since.
 */
const refetched = ({ ticketId }: Tab, after: number) =>
  waitFor(() => {
    const sync = new RegExp(`event: sync\\n(id: .*\\n)?data: .*${ticketId}`);
    const piece = proxy.streamed.find(
      ({ call, text }) => proxy.calls.indexOf(call) >= after && sync.test(text),
    );
    const isRead = ({ method, url }: { method?: string; url?: string }) =>
      method === 'GET' && url === `/v1/tickets/${ticketId}/credentials`;
    return piece !== undefined && proxy.calls.slice(piece.callsBefore).some(isRead);
  });

/** Opens that many tabs, and waits until all share one stream. */
async function openTabs(count: number): Promise<Tabs> {
  const tabs = await open();
  for (let number = 1; number < count; number += 1) await tabs.reveal();
  const before = proxy.calls.length;
  await refetched(await tabs.reveal(), before);
  await allShareOneStream(tabs.all);
  return tabs;
}

describe('ten tabs of one person, each with a ticket of its own', () => {
  it('ten tabs share one stream, by which each learns of the end of its own ticket', async () => {
    const tabs = await openTabs(10);
    expect(streams()).toHaveLength(1);
    for (const { page } of tabs.all) await holdReads(page);
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
  it('the leading tab keeps the stream when its own ticket ends: no tab takes over, and none asks who it is', async () => {
    const tabs = await openTabs(3);
    const leader = await tabs.leader();
    const [[stream], before] = [streams(), proxy.calls.length];
    await tabs.end(leader);
    await leader.page.getByText('Destruction receipts').waitFor();
    for (const tab of tabs.all) if (tab !== leader) await tabs.end(tab);
    expect(streams()).toEqual([stream]);
    expect(proxy.calls.slice(before).filter(({ url }) => url === '/me.json')).toEqual([]);
  });

  it('if the leading tab is closed, another takes over and learns of an end that came meanwhile', async () => {
    const tabs = await openTabs(3);
    const [leader, follower] = [await tabs.leader(), await tabs.follower()];
    const before = proxy.calls.length;
    await Promise.all([leader.page.close(), tabs.end(follower)]);
    const [last] = tabs.all.filter((tab) => tab !== leader && tab !== follower) as [Tab];
    await refetched(last, before);
    await holdReads(last.page);
    await tabs.end(last);
  });

  it('if the leading tab is frozen by the browser, another takes over', async () => {
    const tabs = await openTabs(2);
    const [leader, follower] = [await tabs.leader(), await tabs.follower()];
    const [[stream], before] = [streams(), proxy.calls.length];
    // What the browser says before it does so; it does not freeze what a test looks at.
    await leader.page.evaluate("document.dispatchEvent(new Event('freeze'))");
    await waitFor(() => streams().length === 1 && streams()[0] !== stream);
    expect(await tabs.isShown(leader)).toBe(false);
    await refetched(follower, before);
    await holdReads(follower.page);
    await tabs.end(follower);
    await leader.page.evaluate("document.dispatchEvent(new Event('resume'))");
    await allShareOneStream(tabs.all);
  });

  it('if the leading tab is blocked by a dialog of the browser, another takes over', async () => {
    const tabs = await openTabs(2);
    const [leader, follower] = [await tabs.leader(), await tabs.follower()];
    const before = proxy.calls.length;
    const asked = leader.page.waitForEvent('dialog');
    void leader.page.evaluate('alert("May I?")').catch(() => undefined);
    const dialog = await asked;
    await refetched(follower, before);
    expect(streams()).toHaveLength(2);
    await holdReads(follower.page);
    await tabs.end(follower);
    await dialog.dismiss();
    await waitFor(() => streams().length === 1);
    await tabs.end(leader);
  });

  it('if the leading tab signs out, another takes over', async () => {
    const tabs = await openTabs(2);
    const [leader, follower] = [await tabs.leader(), await tabs.follower()];
    const before = proxy.calls.length;
    await leader.page.getByRole('button', { name: 'Sign out' }).click();
    await refetched(follower, before);
    await holdReads(follower.page);
    await tabs.end(follower);
  });
});

describe('tabs of several people in one browser', () => {
  it('tabs of different people do not share a stream', async () => {
    const tabs = await open();
    const bob = await tabs.reveal();
    await allShareOneStream([bob]);
    const alice = await tabs.show('Alice', 'bob');
    await allShareOneStream([alice]);
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
    await allShareOneStream([second]);
  });
});

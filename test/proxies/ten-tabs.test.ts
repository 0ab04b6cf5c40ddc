import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Tabs } from '../browser/harness/tabs.js';
import { useScene } from '../browser/harness/use-scene.js';
import { Street } from './harness/street.js';
import { smallApache } from './products/apache.js';

const stage = useScene({ REPLICAS_GATEWAY: '2', TRUST_PROXY: '127.0.0.1' });
let street: Street | undefined;
beforeAll(async () => {
  street = await Street.open(stage.scene.system, [smallApache]);
}, 60_000);
afterAll(() => street?.close());

/** Development tokens are for a page of this machine, and the certificate is nobody's. */
const options = () => ({
  baseURL: street!.proxy(smallApache).url.replace('desk.example', '127.0.0.1'),
  ignoreHTTPSErrors: true,
});

// The tabs of a browser share a connection, of which Apache begins with
// six requests (findings/apache-http2-streams.sh), and takes more as short
// ones end; this one does not.
it('ten tabs of one agent behind Apache over HTTP/2: each reveals, and each is told of its end', async () => {
  const tabs = await Tabs.open(stage, options());
  for (let number = 0; number < 10; number += 1) await tabs.reveal();
  const [first] = tabs.all;
  expect(
    await first?.page.evaluate("performance.getEntriesByType('navigation')[0].nextHopProtocol"),
  ).toBe('h2');
  await Promise.all(tabs.all.map((tab) => tabs.end(tab)));
}, 240_000);

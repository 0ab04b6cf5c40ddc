import { afterAll, beforeAll, describe } from '@jest/globals';
import { startSystem, type System } from '../e2e/system.js';
import { tellsTheAddress } from './guarantees/address.js';
import { refusesLongBodies } from './guarantees/body.js';
import { cachesNothingOfAnybody } from './guarantees/cache.js';
import { writesNoBodyToDisk } from './guarantees/disk.js';
import { leavesEditsPossible } from './guarantees/edit.js';
import { surviveRestarts } from './guarantees/restart.js';
import { tellsTheStory } from './guarantees/story.js';
import { passesTheStream, passHeartbeats } from './guarantees/stream.js';
import { takesLongTokens } from './guarantees/token.js';
import { type Before } from './harness/before.js';
import { products } from './harness/products.js';
import { environment, Street } from './harness/street.js';

let system: System;
let opened: Street | undefined;
const street = () => opened!;
beforeAll(async () => {
  system = await startSystem(environment);
  opened = await Street.open(system, products);
}, 180_000);
afterAll(async () => {
  await opened?.close();
  await system.stop();
}, 60_000);

const all: readonly Before[] = products.map((product) => ({ product, street }));

describe.each(all.map((before) => [before.product.name, before] as const))(
  '%s, as docs/proxies.md has it',
  (_name, before) => {
    tellsTheStory(before);
    passesTheStream(before);
    tellsTheAddress(before);
    takesLongTokens(before);
    cachesNothingOfAnybody(before);
    leavesEditsPossible(before);
    refusesLongBodies(before);
    writesNoBodyToDisk(before);
  },
);

describe('all of them', () => {
  passHeartbeats(all);
  surviveRestarts(all);
});

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { Audience } from './audience.js';
import { Clients } from './clients.js';
import { gatherEvidence } from './evidence.js';
import { judge, type Judgement } from './judge.js';
import { agent, customer, Ledger } from './ledger.js';
import { deadLetters, unrest } from './stillness.js';
import { addToSummary } from './summary.js';
import { World, type WorldOptions } from './world.js';

/** What a scenario plays with. */
export interface Stage {
  readonly world: World;
  /** A new one for every scenario. */
  readonly ledger: Ledger;
}

export interface Scenario {
  /** What was done to the system, for the table. */
  readonly done: string;
  readonly play: (stage: Stage) => Promise<void>;
  /** How many messages are set aside by it; default none. */
  readonly deadLetters?: number;
}

/** Milliseconds that one may take on a busy machine. */
const timeout = 180_000;
/** Milliseconds after which what is still on its way has got lost. */
const patience = 90_000;

/**
 * A system for the scenarios of one file, which leave it as well as they found it.
 * @returns how to add one: its title is the promise that is kept, and when it was played every promise in the ledger is judged
 */
export function scenarios(options: WorldOptions = {}): (promise: string, scenario: Scenario) => void {
  let world: World;
  let audience: Audience;
  let clients: Clients;
  let buried = 0;
  let needsMending = false;
  beforeAll(async () => {
    world = await World.start(options);
    audience = await Audience.seat(world.broker.at);
    clients = new Clients(world.gateways.map(({ url }) => url));
    await clients.arrive(customer, agent);
  }, timeout);
  afterAll(() => world.end(), timeout);

  return (promise, { done, play, deadLetters: expected = 0 }) => {
    it(
      promise,
      async () => {
        if (needsMending) await world.mend();
        needsMending = true;
        const ledger = new Ledger(clients);
        await play({ world, ledger });
        const { ended, lost } = await settle(
          () => unrest(world),
          async () => judge(ledger, await gatherEvidence(world.databases, await audience.destroyed())),
        );
        addToSummary({ done, accepted: ledger.accepted, doubtful: ledger.doubtful, ended, lost: lost.length });
        expect(lost).toEqual([]);
        expect((await deadLetters(world)) - buried).toBe(expected);
        buried += expected;
        needsMending = false;
      },
      timeout,
    );
  };
}

/** Waits until nothing is on its way and nothing is lost; what is after that is lost for good. */
async function settle(look: () => Promise<string[]>, decide: () => Promise<Judgement>): Promise<Judgement> {
  const deadline = performance.now() + patience;
  for (;;) {
    const moving = await look();
    const judgement = await decide();
    if (moving.length + judgement.lost.length === 0) return judgement;
    if (performance.now() > deadline) return { ...judgement, lost: [...judgement.lost, ...moving] };
    await sleep(100);
  }
}

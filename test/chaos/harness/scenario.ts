import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { waitUntilPasses } from '../../support/wait-for.js';
import { DestructionRecorder } from './destruction-recorder.js';
import { type Broker, OwnBroker, type StartBroker } from './broker.js';
import { Clients } from './clients.js';
import { gatherEvidence } from './evidence.js';
import { judge, type Judgement } from './judge.js';
import { agent, customer, Ledger } from './ledger.js';
import { deadLetters, inFlight } from './in-flight.js';
import { addToSummary } from './summary.js';
import { World, type WorldOptions } from './world.js';

/** What a scenario plays with. */
export interface Stage<B extends Broker> {
  readonly world: World<B>;
  /** A new one for every scenario. */
  readonly ledger: Ledger;
}

export interface Scenario<B extends Broker> {
  /** What was done to the system, for the table. */
  readonly done: string;
  readonly play: (stage: Stage<B>) => Promise<void>;
  /** How many messages are set aside by it; default none. */
  readonly deadLetters?: number;
  /** Milliseconds that it may take on a busy machine; default three minutes. */
  readonly timeout?: number;
}

const usualTimeout = 180_000;
/** Milliseconds after which what is still on its way has got lost. */
const timeoutMs = 90_000;

/**
 * Adds a scenario: its title is the promise that is kept; when it was played, every
 * promise in the ledger is judged.
 */
export type AddScenario<B extends Broker> = (promise: string, scenario: Scenario<B>) => void;

/**
 * A system with a broker of one node for the scenarios of one test file, which leave it
 * as well as they found it.
 */
export const scenarios = (options?: WorldOptions): AddScenario<OwnBroker> =>
  scenariosOn(OwnBroker.start.bind(OwnBroker), options);

export function scenariosOn<B extends Broker>(
  startBroker: StartBroker<B>,
  options: WorldOptions = {},
): AddScenario<B> {
  let world: World<B>;
  let recorder: DestructionRecorder;
  let clients: Clients;
  const withdrawn = new Set<string>();
  let buried = 0;
  let needsMending = false;
  beforeAll(async () => {
    world = await World.start(startBroker, options);
    recorder = await DestructionRecorder.start(world.broker.at);
    await world.broker.keepDeclared();
    clients = new Clients(world.gateways.map(({ url }) => url));
    await clients.arrive(customer, agent);
  }, usualTimeout);
  afterAll(() => world.end(), usualTimeout);

  return (promise, { done, play, deadLetters: expected = 0, timeout = usualTimeout }) => {
    it(
      promise,
      async () => {
        if (needsMending) await world.mend();
        needsMending = true;
        const ledger = new Ledger(clients, withdrawn);
        await play({ world, ledger });
        const { ended, lost } = await settle(
          () => inFlight(world),
          async () =>
            judge(ledger, await gatherEvidence(world.databases, await recorder.destroyed())),
        );
        addToSummary({
          done,
          accepted: ledger.accepted,
          doubtful: ledger.doubtful,
          ended,
          lost: lost.length,
        });
        expect(lost).toEqual([]);
        expect((await waitUntilPasses(() => deadLetters(world), timeoutMs)) - buried).toBe(
          expected,
        );
        buried += expected;
        needsMending = false;
      },
      timeout,
    );
  };
}

/**
 * Waits until nothing is on its way and nothing is lost; what is
 * after that is lost for good.
 */
async function settle(
  look: () => Promise<string[]>,
  decide: () => Promise<Judgement>,
): Promise<Judgement> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const moving = await look();
    const judgement = await decide();
    if (moving.length + judgement.lost.length === 0) return judgement;
    if (performance.now() > deadline) return { ...judgement, lost: [...judgement.lost, ...moving] };
    await sleep(100);
  }
}

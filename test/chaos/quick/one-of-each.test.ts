import { scenarios } from '../harness/scenario.js';
import { commitScenarios } from './commit.js';
import { crashScenarios } from './crash.js';
import { eventScenarios } from './events.js';
import { outageScenarios } from './outage.js';
import { raceScenarios } from './race.js';
import { standingScenarios } from './standing.js';
import { streamScenarios } from './stream.js';

/**
 * One process of each service, for all that need no other: to start the servers and the
 * services takes longer than most scenarios. The heap is small, so that a message that
 * is large in memory would end the process.
 */
const scenario = scenarios({ env: { NODE_OPTIONS: '--max-old-space-size=96' } });

commitScenarios(scenario);
crashScenarios(scenario);
eventScenarios(scenario);
outageScenarios(scenario);
raceScenarios(scenario);
standingScenarios(scenario);
streamScenarios(scenario);

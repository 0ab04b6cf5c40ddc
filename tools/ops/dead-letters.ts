/**
 * `npm run dead-letters`: what the consumers could not get done. The user in RABBITMQ_URL
 * decides whose it shows: the operator's all.
 */
import { main } from '#command-line';
import { queues } from '#contracts';
import { DeadLetterQueues } from './dead-letters/dead-letter-queues.js';
import { deadLettersProgram } from './dead-letters/program.js';

await main(deadLettersProgram(new DeadLetterQueues(process.env, Object.values(queues))));

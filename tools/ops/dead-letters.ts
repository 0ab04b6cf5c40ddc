/**
 * `npm run dead-letters`: messages that the consumers could not process. The user in
 * RABBITMQ_URL decides whose are shown: the operator sees all.
 */
import { main } from '#command-line';
import { queues } from '#contracts';
import { DeadLetterQueues } from './dead-letters/dead-letter-queues.js';
import { deadLettersProgram } from './dead-letters/dead-letters.verbs.js';

await main(deadLettersProgram(new DeadLetterQueues(process.env, Object.values(queues))));

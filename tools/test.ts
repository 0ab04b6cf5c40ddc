/** `npm test`: what follows the command goes to Jest: `npm test -- libs/outbox`. */
import { runJest } from './terminal/run-jest.js';

process.exit(await runJest(process.argv.slice(3)));

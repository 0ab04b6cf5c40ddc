/**
 * Runs a stack as `npm start` does, in the folder and with the
 * build that the arguments name.
 */
import { runStack } from '../../dist/tools/terminal/run-stack.js';

const [, , folder, root] = process.argv;
process.exit(await runStack({ folder, root, env: process.env }));

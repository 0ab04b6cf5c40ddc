/**
 * `npm start`: the whole system on this machine, with its data
 * in `.stack/`, until Ctrl-C.
 */
import { join } from 'node:path';
import { repositoryRoot } from './stack/paths.js';
import { runStack } from './terminal/run-stack.js';

process.exit(await runStack({ folder: join(repositoryRoot(), '.stack'), env: process.env }));

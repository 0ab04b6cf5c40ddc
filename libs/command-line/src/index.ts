export { CommandError, UsageError } from './faults.js';
export { printable, table } from './printable.js';
export { main, runProgram } from './run.js';
export { type Program, verb, type Verb } from './verb.js';

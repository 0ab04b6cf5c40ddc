export { CommandError, UsageError } from './faults.js';
export { printable, table } from './printable.js';
export { main, runProgram, type Terminal } from './run.js';
export { type Program, verb, type Verb } from './verb.js';

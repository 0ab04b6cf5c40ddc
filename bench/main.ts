/**
 * `npm run bench`: how fast the system is, beside what it is compared with. What is
 * measured, and how to read it: bench/README.md.
 */
import { compare } from './against/compare.js';
import { besideBaseline } from './beside-baseline.js';
import { readOptions } from './options.js';

const { against, ...options } = readOptions(process.argv.slice(3));
process.exit(await (against === undefined ? besideBaseline() : compare(against, options)));

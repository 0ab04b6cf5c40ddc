/**
 * `npm run bench`: how fast the system is, beside what it is compared with. What is
 * measured, and how to read it: bench/README.md.
 */
import { compare } from './against/compare.js';
import { besideBaseline } from './beside-baseline.js';
import { guard } from './guard/guard.js';
import { readOptions, type Options } from './options.js';
import { compareStartups } from './startup/compare-startups.js';

function bench(options: Options): Promise<number> {
  if (options.guard) return guard(options.record);
  const { against } = options;
  if (against === undefined) return besideBaseline();
  return options.startup ? compareStartups(against, options) : compare(against, options);
}

process.exit(await bench(readOptions(process.argv.slice(3))));

/**
 * `npm run bench`: how fast the system is, beside what it is compared with. What is
 * measured, and how to read it: bench/README.md.
 */
import { compare } from './against/compare.js';
import { compareReplicas } from './against/replicas.js';
import { besideBaseline } from './beside-baseline.js';
import { grow } from './growth/grow.js';
import { guard } from './guard/guard.js';
import { holdStreams } from './memory/streams.js';
import { soak } from './memory/soak.js';
import { readOptions, type Options } from './options.js';
import { compareStartups } from './startup/compare-startups.js';

function bench(options: Options): Promise<number> {
  const { against } = options;
  if (options.guard) return guard(options.record);
  if (options.growth) return grow(options.sizes, options);
  if (options.replicas > 0) return compareReplicas(options.replicas, options);
  if (options.streams > 0) return holdStreams(options.streams, options);
  if (options.soak > 0) return soak(options.soak, options);
  if (against === undefined) return besideBaseline();
  return options.startup ? compareStartups(against, options) : compare(against, options);
}

process.exit(await bench(readOptions(process.argv.slice(3))));

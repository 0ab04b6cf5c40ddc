import Sequencer from '@jest/test-sequencer';

/** What takes long, by the length of its file the least would be expected of it. */
const longest = [
  'over-http',
  'one-of-each',
  'quick/changes',
  'credentials/dead-letters',
  'credentials/restore',
  'interleavings',
  'kill',
];
const isLong = ({ path }) => longest.some((name) => path.endsWith(`/${name}.test.ts`));

/**
 * On a fresh machine Jest knows no times, and begins with the longest files. One that
 * begins last and takes a minute leaves the other workers without work.
 */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    return [...sorted.filter(isLong), ...sorted.filter((test) => !isLong(test))];
  }
}

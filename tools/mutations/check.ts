/**
 * What `npm run test:mutations` runs beside its servers. A test that can never fail
 * protects nothing. So each mechanism that a promise rests on is taken out here, and a
 * test has to turn red.
 */
import { constants } from 'node:os';
import { repositoryRoot } from '../stack/paths.js';
import { allMutations } from './all.js';
import { type Mutation } from './mutation.js';
import { runTests, stopTests } from './run-tests.js';
import { table } from './table.js';
import { Tree } from './tree.js';

interface Verdict {
  readonly mutation: Mutation;
  readonly passed: boolean;
  /** The test that noticed, or what is wrong. */
  readonly words: string;
}

const wanted = process.argv.slice(2);
const chosen = allMutations.filter(
  ({ name }) => wanted.length === 0 || wanted.some((word) => name.includes(word)),
);

// The terminal sends its Ctrl-C to this process, and not to the group of the tests.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    stopTests();
    process.exit(128 + constants.signals[signal]);
  });

async function judge(tree: Tree, mutation: Mutation): Promise<Verdict> {
  try {
    const { failed, broken } = await tree.edited(mutation.edits, () =>
      runTests(tree.folder, mutation.tests),
    );
    const [first] = failed;
    if (broken !== undefined)
      return { mutation, passed: false, words: `the tests could not be run: ${broken}` };
    if (first === undefined) return { mutation, passed: false, words: 'no test noticed' };
    return { mutation, passed: true, words: first };
  } catch (error) {
    return {
      mutation,
      passed: false,
      words: error instanceof Error ? error.message : String(error),
    };
  }
}

/** A test that is red already would notice anything. */
async function requireGreen(tree: Tree): Promise<void> {
  const files = [...new Set(chosen.flatMap(({ tests }) => tests))].sort();
  const { failed, broken, passed } = await runTests(tree.folder, files);
  if (failed.length > 0 || broken !== undefined)
    throw new Error(`red before anything was taken out: ${broken ?? failed.join('; ')}`);
  console.log(`${passed} tests of ${files.length} files are green with everything in its place.`);
}

const shorten = (words: string): string => (words.length > 100 ? `${words.slice(0, 99)}…` : words);

async function check(): Promise<number> {
  if (chosen.length === 0) throw new Error(`there is no mutation called ${wanted.join(' or ')}`);
  const tree = new Tree(repositoryRoot());
  await requireGreen(tree);
  const verdicts: Verdict[] = [];
  for (const mutation of chosen) {
    const verdict = await judge(tree, mutation);
    verdicts.push(verdict);
    console.log(`${verdict.passed ? '✓' : '✗'} without ${mutation.name}: ${verdict.words}`);
  }
  const rows = verdicts.map(({ mutation: { name, promise }, passed, words }) => [
    name,
    promise,
    passed ? 'red' : 'GREEN',
    shorten(words),
  ]);
  const failed = verdicts.filter(({ passed }) => !passed).length;
  console.log(`\n${table(['taken out', 'the promise', 'a test is', 'which says'], rows)}\n`);
  console.log(`${verdicts.length - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

try {
  process.exit(await check());
} catch (error) {
  console.error(`Failed: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}

import { edit, type Mutation } from './mutation.js';

const transactions = 'libs/postgres/src/pipelined-transactions.ts';
const pipelined = 'test/component/postgres/pipelined-faults.test.ts';
const whole = 'test/component/postgres/pipelined.test.ts';
const batcher = 'libs/batching/src/batcher.ts';
const batching = 'libs/batching/src/batcher.test.ts';

/** Where commands that travel together could suffer from each other. */
export const batchMutations: readonly Mutation[] = [
  {
    name: 'the look at what a COMMIT was answered by',
    promise: 'a commit that was none is a failure',
    edits: [
      edit(
        transactions,
        "if (answers.pop()?.tag !== 'COMMIT')",
        'if (answers.pop() === undefined)',
      ),
    ],
    tests: [pipelined],
  },
  {
    name: 'the rollback of what was not committed',
    promise: 'a transaction leaves nothing on its connection',
    edits: [
      edit(
        transactions,
        "if (this.state === 'open' || this.state === 'failed') await RoundTrip.send(this.client, " +
          '[rollback]);',
        'await Promise.resolve(rollback);',
      ),
    ],
    tests: [whole, pipelined],
  },
  {
    name: 'the commands of a batch that failed, each by itself',
    promise: 'a batch that fails harms none of its commands',
    edits: [
      edit(
        batcher,
        'if (batch.length > 1 && !this.options.isFinal(error))',
        'if (batch.length < 0)',
      ),
    ],
    tests: [batching],
  },
  {
    name: 'the batch that is not tried again after an outage',
    promise: 'what may have been done is not done twice',
    edits: [edit(batcher, 'if (!this.options.isFinal(error)) return batch;', 'return batch;')],
    tests: [batching],
  },
  {
    name: 'the lane that those follow who come later',
    promise: 'within a ticket the order of arrival holds',
    edits: [
      edit(batcher, 'return lane === undefined || lane.push(waiting) === 0;', 'return true;'),
    ],
    tests: [batching],
  },
];

import { edit, type Mutation } from './mutation.js';

const transactions = 'libs/postgres/src/pipelined-transactions.ts';
const pipelined = 'test/component/postgres/pipelined-faults.test.ts';
const prepared = 'test/component/postgres/prepared.test.ts';
const preparedStatements = 'libs/postgres/src/prepared-statements.ts';
const whole = 'test/component/postgres/pipelined.test.ts';
const batcher = 'libs/batching/src/batcher.ts';
const batching = 'libs/batching/src/batcher.test.ts';

/** What keeps the commands of a batch independent of each other. */
export const batchMutations: readonly Mutation[] = [
  {
    name: 'the check that a COMMIT was answered by COMMIT',
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
    name: 'the doubt about a commit without an answer',
    promise: 'what may have been done is not done twice',
    edits: [
      edit(
        transactions,
        'throw error instanceof DatabaseError ? error : new UnknownCommitError(error);',
        'void (DatabaseError && UnknownCommitError); throw error;',
      ),
    ],
    tests: [pipelined],
  },
  {
    name: 'statements without names behind a pooler',
    promise: 'no pooler, in whatever mode, meets a statement that its next process has not',
    edits: [
      edit(
        'libs/postgres/src/new-connection.ts',
        'if (!isPooled) PreparedStatements.begin(client);',
        'PreparedStatements.begin(client);',
      ),
    ],
    tests: ['test/component/postgres/pooler.test.ts'],
  },
  {
    name: 'kept plans that go by the keys',
    promise: 'a table that grows slows nobody down',
    edits: [edit(preparedStatements, "'enable_seqscan', 'off'", "'enable_seqscan', 'on'")],
    tests: [prepared],
  },
  {
    name: 'one plan for all parameters',
    promise: 'a lone command is not planned anew each time',
    edits: [edit(preparedStatements, "'force_generic_plan'", "'auto'")],
    tests: [prepared],
  },
  {
    name: 'joins by the keys',
    promise: 'a table that grows slows nobody down',
    edits: [edit(preparedStatements, "'enable_hashjoin', 'off'", "'enable_hashjoin', 'on'")],
    tests: [prepared],
  },
  {
    name: 'the columns that a trip was sent with',
    promise: 'a migration never empties the rows of a trip that is under way',
    edits: [
      edit(
        'libs/postgres/src/round-trip.ts',
        'this.columns = this.known[this.done.length] ?? [];',
        "this.columns = this.prepared?.columnsOf(this.text.split(';\\n')[this.done.length]!)!;",
      ),
    ],
    tests: [prepared],
  },
  {
    name: 'the end of names on a connection that does not know one',
    promise: 'a pooler that nobody could see fails one statement, and no more',
    edits: [
      edit(
        preparedStatements,
        'if (isUnknown(error)) PreparedStatements.ofClients.delete(client);',
        'void client;',
      ),
    ],
    tests: [prepared],
  },
  {
    name: 'the release of a name before a statement is parsed',
    promise: 'a statement that failed can be sent again',
    edits: [
      edit(
        'libs/postgres/src/round-trip.ts',
        "if (name !== '') connection.close({ type: 'S', name }, true);",
      ),
    ],
    tests: [prepared],
  },
  {
    name: 'the new parse after a change of results',
    promise: 'a migration beside running services does not fail their requests for ever',
    edits: [
      edit(
        preparedStatements,
        'if (isResultChanged(error)) PreparedStatements.changes += 1;',
        'void error;',
      ),
    ],
    tests: [prepared],
  },
  {
    name: 'the time limit of a round trip',
    promise: 'a connection that has gone silent stops nobody for long',
    edits: [
      edit(
        'libs/postgres/src/round-trip.ts',
        'connection.stream.destroy(new DatabaseSilentError());',
        'void DatabaseSilentError;',
      ),
    ],
    tests: [pipelined],
  },
  {
    name: 'the time limit of what is asked for many tickets at once',
    promise: 'a connection that has gone silent stops nobody for long',
    edits: [
      edit(
        'libs/backing-services/src/in-batches.ts',
        'await within(longestSilence, perform(commands));',
        'await (within && longestSilence && perform(commands));',
      ),
    ],
    tests: ['libs/backing-services/src/in-batches.test.ts'],
  },
  {
    name: 'the limit of lanes that wait at a time',
    promise: 'tickets that are held leave connections to all others',
    edits: [
      edit(batcher, 'this.lanesRunning < (this.options.maxLanes ?? 4)', 'this.lanesRunning < 1000'),
    ],
    tests: ['libs/batching/src/batcher.lanes.test.ts'],
  },
  {
    name: 'the look at who gives a gate its first phase, by the end that a submission is told',
    promise: 'the phase of a gate comes from an answer that is younger than the gate',
    edits: [
      edit(
        'apps/credentials/src/commands/submit-credential.ts',
        'lockAndMergeGate(tx, { answer, isGateOlder: false })',
        'lockAndMergeGate(tx, { answer, isGateOlder: true })',
      ),
    ],
    tests: ['test/component/credentials/gateless.test.ts'],
  },
  {
    name: 'the rollback of what was not committed',
    promise: 'a transaction leaves nothing on its connection',
    edits: [
      edit(
        transactions,
        "if (this.state === 'open' || this.state === 'failed') await RoundTrip.send(this.client, " +
          '[rollback], this.tripMs);',
        'await Promise.resolve(rollback);',
      ),
    ],
    tests: [whole, pipelined],
  },
  {
    name: 'the separate retry of each command of a failed batch',
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
    name: 'the end of retries after an outage',
    promise: 'what may have been done is not done twice',
    edits: [edit(batcher, 'if (!this.options.isFinal(error)) return batch;', 'return batch;')],
    tests: [batching],
  },
  {
    name: 'the queue of later commands behind a deferred one of their ticket',
    promise: 'within a ticket the order of arrival holds',
    edits: [
      edit(batcher, 'return lane === undefined || lane.push(pending) === 0;', 'return true;'),
    ],
    tests: [batching],
  },
];

import { edit, type Mutation } from './mutation.js';

const revealDecisions = 'apps/credentials/src/commands/reveal-decisions.ts';
const submitDecisions = 'apps/credentials/src/commands/submit-decisions.ts';
const applyDecisions = 'apps/credentials/src/commands/apply-decisions.ts';
const reveals = 'apps/credentials/src/commands/reveal-decisions.test.ts';
const submits = 'apps/credentials/src/commands/submit-decisions.test.ts';
const reports = 'apps/credentials/src/commands/apply-decisions.test.ts';

const batches = 'test/component/credentials/batches.test.ts';
const submissions = 'test/component/credentials/submit-batches.test.ts';

/** What decides about each command of a batch in `credentials`. */
export const decisionMutations: readonly Mutation[] = [
  {
    name: 'the separate refusal of one reveal in a batch',
    promise: 'a refusal is never that of a neighbour',
    edits: [edit(revealDecisions, 'return { failed };', 'throw failed;')],
    tests: [reveals, batches],
  },
  {
    name: 'what a submission sees of those before it in its batch',
    promise: 'a batch stores what its commands would store one by one',
    edits: [edit(submitDecisions, 'state.live += 1;')],
    tests: [submits],
  },
  {
    name: 'the keys of idempotency that the batch itself has used',
    promise: 'a key that is used twice at once is one credential',
    edits: [
      edit(submitDecisions, "this.keys.set(nameOf({ ticketId: '', ...scope }), credential.id);"),
    ],
    tests: [submits, submissions],
  },
  {
    name: 'what a report of a ticket sees of those before it in its batch',
    promise: 'what is destroyed is destroyed once, with one receipt',
    edits: [edit(applyDecisions, 'ticket.stored = [];')],
    tests: [reports],
  },
  {
    name: 'the end that is told after an answer in the same batch',
    promise: 'merging is max, whatever arrives together',
    edits: [
      edit(applyDecisions, 'ticket.state = { phase: data.phase, version: ticket.state.version };'),
    ],
    tests: [reports],
  },
  {
    name: 'the look at the time of what is to be shown',
    promise: 'nothing is shown after it has expired',
    edits: [edit(revealDecisions, 'elapsedSince(from) >= ms', 'elapsedSince(from) >= ms + 9_999')],
    tests: [reveals],
  },
  {
    name: 'the age of the answer before the commit of a batch',
    promise: 'what waited longer than its lease has no effect',
    edits: [edit(revealDecisions, 'if (this.isStale(answer)) throw new AskAgain();')],
    tests: ['test/component/credentials/doors.test.ts'],
  },
  {
    name: 'the skipping of locked gates in a batch',
    promise: 'a ticket that is locked delays no other',
    edits: [
      edit(
        'apps/credentials/src/persistence/gates.ts',
        "${lock} ${lockWait === 'skip' ? 'SKIP LOCKED' : ''}`",
        '${lock} ${lockWait && ""}`',
      ),
    ],
    tests: [batches],
  },
  {
    name: 'the skipping of locked rows in a batch',
    promise: 'a ticket that is locked delays no other',
    edits: [
      edit(
        'apps/credentials/src/persistence/reveals.ts',
        "lockWait === 'skip' ? 'SKIP LOCKED' : ''",
        "lockWait === 'skip' ? 'NOWAIT' : ''",
      ),
    ],
    tests: [batches],
  },
  {
    name: 'the look at what there is beside what was locked',
    promise: 'a reveal leaves out nothing because another transaction has locked it',
    edits: [
      edit(
        revealDecisions,
        'present.some((one) => isWanted(one, command) && !this.locked.has(nameOf(one))) ||',
      ),
    ],
    tests: [reveals, batches],
  },
  {
    name: 'the second question where a gate may be younger than the answer',
    promise: 'an end that comes with the answer leaves its trace',
    edits: [
      edit(
        submitDecisions,
        '|| (gate.phase < 0 && !isGateOlder)',
        '|| (gate.phase < -9 && !isGateOlder)',
      ),
    ],
    tests: [submissions],
  },
  {
    name: 'the second question where another one gives a gate its first phase',
    promise: 'the phase of a gate comes from an answer that is younger than the gate',
    edits: [
      edit(
        'apps/credentials/src/commands/at-the-gate.ts',
        'if (applied.isFirst && !isGateOlder) throw new AskAgain();',
      ),
    ],
    tests: ['test/component/credentials/gateless.test.ts'],
  },
];

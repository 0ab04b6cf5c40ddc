import { edit, type Mutation } from './mutation.js';

const schema = 'apps/credentials/src/persistence/migrations/0001-credentials-bound-to-gates.ts';
const gates = 'apps/credentials/src/persistence/gates.ts';
const atTheGate = 'apps/credentials/src/commands/at-the-gate.ts';
const whileLive = 'apps/credentials/src/commands/while-live.ts';
const reveal = 'apps/credentials/src/commands/reveal-batch.ts';
const consumer = 'apps/credentials/src/messaging/ticket-events.controller.ts';
const merge = 'apps/credentials/src/domain/gate.ts';
const standingCache = 'apps/credentials/src/standing/standing-cache.ts';
const end = 'test/component/credentials/end.test.ts';
const lease = 'test/component/credentials/lease.test.ts';
const sleep = 'apps/credentials/src/standing/standing-cache.sleep.test.ts';
const model = 'test/model/interleavings.test.ts';

/**
 * Where a credential could outlive its ticket, be read without leave, or lost by doubt.
 */
export const custodyMutations: readonly Mutation[] = [
  {
    name: 'the foreign key from credential to gate',
    promise: 'no credential is stored after its ticket has ended',
    edits: [
      edit(
        schema,
        ',\n    CONSTRAINT gate_is_live FOREIGN KEY (ticket_id, bound_phase) REFERENCES ' +
          'ticket_gate (ticket_id, phase)',
      ),
    ],
    tests: [end],
  },
  {
    name: 'the check that a bound phase is even',
    promise: 'no credential is stored after its ticket has ended',
    edits: [
      edit(
        schema,
        ' CONSTRAINT bound_to_a_live_phase CHECK (bound_phase >= 0 AND bound_phase % 2 = 0)',
      ),
    ],
    tests: [end],
  },
  {
    name: 'the lock on the gate when a ticket ends and when a credential is submitted',
    promise: 'of an end and a submission at the same moment, one takes effect first',
    edits: [edit(gates, "lockedBy('FOR UPDATE',", "lockedBy('FOR KEY SHARE',")],
    tests: ['test/component/credentials/submit-batches.test.ts'],
  },
  {
    name: 'the share lock on the gate during a reveal',
    promise: 'a reveal waits for an end that is being applied',
    edits: [edit(gates, "lockedBy('FOR KEY SHARE',", "lockedBy('--' as 'FOR UPDATE',")],
    tests: [lease],
  },
  {
    name: 'the destruction at the end of a ticket',
    promise: 'when a ticket ends, its credentials are destroyed',
    edits: [
      edit(
        'apps/credentials/src/persistence/ends.ts',
        'WHERE credential.ticket_id = destroyed.ticket_id AND',
        'WHERE credential.ticket_id = destroyed.ticket_id AND false AND',
      ),
    ],
    tests: [end],
  },
  {
    name: 'the expiry of the standing lease',
    promise: 'nothing is revealed later than one lease after the ticket ended',
    edits: [
      edit(
        standingCache,
        'return elapsedSince(askedAt) < this.leaseMs;',
        'return askedAt.monotonic > 0;',
      ),
    ],
    tests: ['apps/credentials/src/standing/standing-cache.test.ts'],
  },
  {
    name: 'the time of day beside the monotonic clock, which stands still while the machine sleeps',
    promise: 'a lease does not last longer because the machine slept',
    edits: [edit('libs/waiting/src/moment.ts', 'timeOfDay - moment.timeOfDay', '0 * timeOfDay')],
    tests: [sleep],
  },
  {
    name: 'the refusal of an ended phase',
    promise: 'requests under an ended ticket are answered with ticket-ended',
    edits: [
      edit(
        whileLive,
        'if (isEndedPhase(permission.answer.phase)) await this.requireAllowedAfterEnd(visit);',
      ),
    ],
    tests: [lease],
  },
  {
    name: 'the comparison with the gate when a leased standing permits',
    promise: 'nothing is permitted on an older standing once the event of an end has arrived',
    edits: [edit(atTheGate, ' || gate.phase !== phase || gate.version > version')],
    tests: [lease],
  },
  {
    name: 'the check of the age of the answer before the commit',
    promise: 'a request that waited longer than its lease changes nothing',
    edits: [edit(whileLive, 'if (this.access.isStale(answer)) throw new AskAgain();')],
    tests: ['test/component/credentials/doors.test.ts'],
  },
  {
    name: 'the second comparison after a commit that took long',
    promise: 'a credential that was destroyed while the request waited is not revealed',
    edits: [
      edit(
        whileLive,
        'recheck !== undefined && this.hasWaited(passed)',
        'recheck !== undefined && count < 0',
      ),
    ],
    tests: ['test/component/credentials/handed-out.test.ts'],
  },
  {
    name: 'the new question about a ticket that has no gate',
    promise: 'nothing is permitted on an older standing once the event of an end has arrived',
    edits: [
      edit(
        atTheGate,
        'if (gate === undefined || gate.phase !== phase || gate.version > version) throw new ' +
          'AskAgain();',
        'if (gate && (gate.phase !== phase || gate.version > version)) throw new AskAgain();',
      ),
    ],
    tests: ['test/component/credentials/gateless.test.ts'],
  },
  {
    name: 'the gate that is created before tickets is asked',
    promise: 'an end that is first heard of in an answer is recorded in the gate',
    edits: [edit(whileLive, 'await ensureGate(this.sql, ticketId);')],
    tests: ['test/component/credentials/gateless.test.ts'],
  },
  {
    name: 'the copy of the first note when the note is edited',
    promise: 'a repeated submission is compared with the body that was sent first',
    edits: [
      edit('apps/credentials/src/persistence/credentials.ts', ', first_note = ${keptFirstNote}'),
    ],
    tests: ['test/component/credentials/first-note.test.ts'],
  },
  {
    name: 'the rule that an event ends only the present phase',
    promise: 'a forged or an old event destroys no credentials',
    edits: [edit(merge, 'event.phase === gate.phase + 1 &&', 'event.phase > gate.phase &&')],
    tests: [end, model],
  },
  {
    name: 'the rule that an answer never goes back to an older state',
    promise: 'while a ticket is in doubt, nothing is revealed and nothing is destroyed',
    edits: [
      edit(
        merge,
        'answer.phase < gate.phase || answer.version < gate.version',
        'answer.phase < gate.phase - 1e9',
      ),
    ],
    tests: ['test/component/credentials/faults.test.ts'],
  },
  {
    name: 'the commit of the access log before anything is decrypted',
    promise: 'nothing is decrypted before its log entry is committed',
    edits: [
      edit(
        reveal,
        'const decided = commands.map((command) => decisions.decide(command, begunAt));',
        'const decided = commands.map((command) => decisions.decide(command, begunAt)); ' +
          "for (const one of decided) if (one !== 'deferred' && 'done' in one) " +
          'for (const { credential, kek } of one.done.result) ' +
          'this.vault.open({ sealed: credential, kek });',
      ),
    ],
    tests: ['test/component/credentials/custody.test.ts'],
  },
  {
    name: 'the present time, and not that of the transaction, in the check of the expiry',
    promise: 'no credential is shown after it has expired',
    edits: [
      edit(
        'apps/credentials/src/persistence/credentials.ts',
        "'expires_at > clock_timestamp()'",
        "'expires_at > now()'",
      ),
    ],
    tests: ['test/component/credentials/clock.test.ts'],
  },
  {
    name: 'the acknowledgement after the commit in the handler of ticket events',
    promise: 'an end is applied even if the process that received it dies',
    edits: [
      edit(consumer, 'await this.apply(event);', 'void this.apply(event).catch(() => undefined);'),
    ],
    tests: ['test/component/credentials/stop.test.ts', model],
  },
];

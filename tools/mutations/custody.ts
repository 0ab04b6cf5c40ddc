import { edit, type Mutation } from './mutation.js';

const schema = 'apps/credentials/src/persistence/migrations/0001-credentials-bound-to-gates.ts';
const gates = 'apps/credentials/src/persistence/gates.ts';
const atTheGate = 'apps/credentials/src/commands/at-the-gate.ts';
const liveTicket = 'apps/credentials/src/commands/live-ticket.ts';
const reveal = 'apps/credentials/src/commands/reveal-credentials.ts';
const consumer = 'apps/credentials/src/messaging/ticket-events.controller.ts';
const merge = 'apps/credentials/src/domain/gate.ts';
const standingCache = 'apps/credentials/src/standing/standing-cache.ts';
const end = 'test/component/credentials/end.test.ts';
const lease = 'test/component/credentials/lease.test.ts';
const sleep = 'apps/credentials/src/standing/standing-cache.sleep.test.ts';
const model = 'test/model/interleavings.test.ts';

/**
 * Where a credential could outlive its ticket, be read without leave or without a
 * trace, or be destroyed by doubt.
 */
export const custodyMutations: readonly Mutation[] = [
  {
    name: 'the foreign key from credential to gate',
    promise: 'no credential outlives its ticket',
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
    promise: 'no credential outlives its ticket',
    edits: [
      edit(
        schema,
        ' CONSTRAINT bound_to_a_live_phase CHECK (bound_phase >= 0 AND bound_phase % 2 = 0)',
      ),
    ],
    tests: [end],
  },
  {
    name: 'the lock on the gate, by who ends a ticket and who submits',
    promise: 'of what comes at the same moment, one comes first',
    edits: [edit(gates, ' FOR UPDATE`', '`')],
    tests: ['test/component/credentials/proof.test.ts'],
  },
  {
    name: 'the hold on the gate, by who reveals',
    promise: 'an end that is under way is waited for',
    edits: [edit(gates, ' FOR KEY SHARE`', '`')],
    tests: [lease],
  },
  {
    name: 'the destruction, at the end of a ticket',
    promise: 'an end destroys',
    edits: [
      edit(
        'apps/credentials/src/persistence/destruction.ts',
        'WHERE ticket_id = $1 AND (',
        'WHERE ticket_id = $1 AND false AND (',
      ),
    ],
    tests: [end],
  },
  {
    name: 'the end of the standing lease',
    promise: 'nothing is revealed later than one lease after the end',
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
    name: 'the time of day beside the monotonic clock, for what ends while the machine sleeps',
    promise: 'no lease outlasts a sleep',
    edits: [edit('libs/waiting/src/moment.ts', 'timeOfDay - moment.timeOfDay', '0 * timeOfDay')],
    tests: [sleep],
  },
  {
    name: 'the refusal of an ended phase',
    promise: 'an ended ticket answers ticket-ended',
    edits: [
      edit(liveTicket, 'if (isEndedPhase(answer.phase)) await this.requireAllowedAfterEnd(visit);'),
    ],
    tests: [lease],
  },
  {
    name: 'the look at the gate, by who goes by a lease',
    promise: 'an end is felt at once where its event has arrived',
    edits: [edit(atTheGate, ' || gate.phase !== phase || gate.version > version')],
    tests: [lease],
  },
  {
    name: 'the age of the answer, looked at before the commit',
    promise: 'what waited longer than its lease has no effect',
    edits: [edit(liveTicket, 'if (this.access.isStale(answer)) throw new AskAgain();')],
    tests: ['test/component/credentials/doors.test.ts'],
  },
  {
    name: 'the second look, after a commit that was waited for',
    promise: 'what was destroyed meanwhile is not handed out',
    edits: [
      edit(
        liveTicket,
        'look !== undefined && this.hasWaited(passed)',
        'look !== undefined && looks < 0',
      ),
    ],
    tests: ['test/component/credentials/handed-out.test.ts'],
  },
  {
    name: 'the question about a ticket without a gate',
    promise: 'an end is felt at once where its event has arrived',
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
    name: 'the gate that is there before the question',
    promise: 'an end that comes with the answer leaves its trace',
    edits: [edit(liveTicket, 'await ensureGate(this.sql, ticketId);')],
    tests: ['test/component/credentials/gateless.test.ts'],
  },
  {
    name: 'the first note, kept when it is edited',
    promise: 'the first body decides what a repetition is',
    edits: [
      edit('apps/credentials/src/persistence/credentials.ts', ', first_note = ${keptFirstNote}'),
    ],
    tests: ['test/component/credentials/first-note.test.ts'],
  },
  {
    name: 'the rule that an event ends the present phase only',
    promise: 'a forged or old event destroys nothing',
    edits: [edit(merge, 'event.phase === gate.phase + 1 &&', 'event.phase > gate.phase &&')],
    tests: [end, model],
  },
  {
    name: 'the rule that an answer never goes back',
    promise: 'doubt neither reveals nor destroys',
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
    name: 'the commit of the access log before anything is opened',
    promise: 'no reveal without its log entry',
    edits: [
      edit(
        reveal,
        'stored.map(async (credential) => ({ credential, kek: (await ' +
          'this.vault.hold(credential)).kek }))',
        'stored.map(async (credential) => { const held = await this.vault.hold(credential); ' +
          'this.vault.open(held); return { credential, kek: held.kek }; })',
      ),
    ],
    tests: ['test/component/credentials/custody.test.ts'],
  },
  {
    name: 'the clock of the moment, where a row is looked at',
    promise: 'nothing is shown after its time',
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
    name: 'the acknowledgement after the commit, in the handler',
    promise: 'an end is not lost with the process that handles it',
    edits: [
      edit(consumer, 'await this.apply(event);', 'void this.apply(event).catch(() => undefined);'),
    ],
    tests: ['test/component/credentials/stop.test.ts', model],
  },
];

import { type TicketAction } from '#access';
import { isEndedPhase } from '#contracts';
import { type Sql, type UnitOfWork } from '#postgres';
import { Problem } from '#problem';
import { elapsedSince, type Moment, thisMoment } from '#waiting';
import { type Caller } from '../audit/caller.js';
import { type GateState } from '../domain/gate.js';
import { ensureGate, type Gate, readGates } from '../persistence/gates.js';
import { type RestoreWatch } from '../restore/restore-watch.js';
import { type AccessByStanding } from '../standing/access-by-standing.js';
import { type LeasedStanding } from '../standing/standing-cache.js';
import { standingUnknown } from '../standing/standing-unknown.js';
import { applyAnswer } from './apply-standing.js';
import {
  AskAgain,
  lockAndMergeGate,
  type Permission,
  requireSame,
  shareGate,
} from './at-the-gate.js';
import { oneForAll } from './one-for-all.js';

/** Who wants to do what, and the answer of `tickets` that permitted it. */
export interface Visit {
  readonly caller: Caller;
  readonly action: TicketAction;
  readonly answer: LeasedStanding;
}

/** What is at hand while the gate is held, and the answer that permits the work now. */
export interface Permit {
  readonly gate: Gate;
  readonly answer: LeasedStanding;
}

type Work<T> = (tx: Sql, permit: Permit) => Promise<T>;

/**
 * Does the work under an answer, and commits it, if the gate confirms the answer and that
 * is not stale before the commit.
 * @throws AskAgain where it is not so: then nothing was done
 */
type Attempt<T> = (permission: Permission) => Promise<Passed<T>>;

/** What of a result is still there. */
type Look<T> = (result: T) => Promise<T>;

/** What came of an attempt. */
export interface Passed<T> {
  readonly result: T;
  readonly answer: LeasedStanding;
  /** What the result rests on was looked at later than this. */
  readonly trueAt: Moment;
}

const maxAttempts = 3;

/**
 * Longer than a transaction and its commit usually take, in ms:
 * what took longer has waited.
 */
const momentMs = 150;

/** They number or destroy, so they lock the gate; all others share it. */
const locking: ReadonlySet<TicketAction> = new Set(['credential.submit', 'credential.delete']);

/** What an ended ticket answers; 409 where nothing is said. */
const afterTheEnd: Partial<Record<TicketAction, 'not-found' | 'allowed'>> = {
  'credential.delete': 'not-found',
  'request.delete': 'allowed',
};

/**
 * The one door to whatever is done under a live ticket: work passes under an answer of
 * `tickets` that is young and that the gate confirms.
 */
export class WhileLive {
  /** Only reads them, to see whether they have moved since. */
  private readonly gates: (ticketId: string) => Promise<GateState | undefined>;

  constructor(
    private readonly access: AccessByStanding,
    private readonly unitOfWork: UnitOfWork,
    private readonly sql: Sql,
    private readonly restores: RestoreWatch,
  ) {
    this.gates = oneForAll((ids) => readGates(sql, ids));
  }

  /**
   * Runs `work` in one transaction that holds the gate, so that this service cannot
   * apply an end before it commits. Anything in it may wait for longer than a lease:
   * an answer that is too old before the commit is asked for again, and the work is
   * begun anew under the new one.
   * @throws Problem as {@link through} does
   */
  run<T>(visit: Visit, work: Work<T>): Promise<T> {
    const enter = locking.has(visit.action) ? lockAndMergeGate : shareGate;
    return this.through(visit, (permission) =>
      this.unitOfWork.run(async (tx) => {
        const { answer } = permission;
        const gate = await this.restores.readChecked(() => enter(tx, permission));
        return this.whileYoung(answer, () => work(tx, { gate, answer }));
      }),
    );
  }

  /**
   * As {@link run}, for work that brings a transaction of its own, which others may
   * share.
   * @param look for what is handed out: after the commit, when the gate is no longer
   *   held. If anything was waited for, the commit too, only what is still there is
   *   returned
   * @throws Problem `not-found`, `forbidden`, `ticket-ended`, written to the access log;
   *   `standing-unknown` when gate and answers keep contradicting each other, or
   *   everything keeps waiting for longer than a lease
   */
  async through<T>(visit: Visit, attempt: Attempt<T>, look?: Look<T>): Promise<T> {
    let passed = await this.pass(visit, attempt);
    for (let looks = 1; look !== undefined && this.hasWaited(passed); looks += 1) {
      if (looks > maxAttempts) throw standingUnknown();
      passed = await this.lookAgain(visit, passed, look);
    }
    return passed.result;
  }

  private lookAgain<T>(
    visit: Visit,
    { result, answer: permittedBy }: Passed<T>,
    look: Look<T>,
  ): Promise<Passed<T>> {
    return this.pass({ ...visit, answer: permittedBy }, async ({ answer }) => {
      requireSame(await this.gates(answer.ticketId), answer);
      return this.whileYoung(answer, () => look(result));
    });
  }

  /** Tries under one answer after the other, until one permits it. */
  private async pass<T>(visit: Visit, attempt: Attempt<T>): Promise<Passed<T>> {
    let permission: Permission = { answer: visit.answer, isGateOlder: false };
    for (let count = 1; count <= maxAttempts; count += 1) {
      if (isEndedPhase(permission.answer.phase)) await this.requireAllowedAfterEnd(visit);
      try {
        return await attempt(permission);
      } catch (error) {
        if (!(error instanceof AskAgain)) throw error;
        permission = { answer: await this.askAndApply(visit), isGateOlder: true };
      }
    }
    throw standingUnknown();
  }

  /**
   * @throws AskAgain if the answer has become too old meanwhile, so that the
   *   transaction is rolled back
   */
  private async whileYoung<T>(answer: LeasedStanding, work: () => Promise<T>): Promise<Passed<T>> {
    const trueAt = thisMoment();
    const result = await work();
    if (this.access.isStale(answer)) throw new AskAgain();
    return { result, answer, trueAt };
  }

  private hasWaited({ answer, trueAt }: Passed<unknown>): boolean {
    return this.access.isStale(answer) || elapsedSince(trueAt) > momentMs;
  }

  /**
   * The gate exists before the question, so that an end that comes in between is written
   * there. Where the attempt itself merges the answer into the gate, only an end is
   * applied here, since nothing is attempted then.
   */
  private async askAndApply({
    caller,
    action,
    answer: { ticketId },
  }: Visit): Promise<LeasedStanding> {
    await ensureGate(this.sql, ticketId);
    const truth = await this.access.authorizeAfresh(caller, action, ticketId);
    if (!locking.has(action) || isEndedPhase(truth.phase))
      await this.unitOfWork.run((tx) => applyAnswer(tx, truth));
    return truth;
  }

  private async requireAllowedAfterEnd({
    caller,
    action,
    answer: { ticketId },
  }: Visit): Promise<void> {
    const code = afterTheEnd[action] ?? 'ticket-ended';
    if (code === 'allowed') return;
    if (code === 'ticket-ended')
      await this.access.logRefusal(caller, action, ticketId, { reason: code });
    throw new Problem(code);
  }
}

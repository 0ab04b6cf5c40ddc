import { type TicketAction } from '#access';
import { isEndedPhase } from '#contracts';
import { type Sql, type UnitOfWork } from '#postgres';
import { Problem } from '#problem';
import { elapsedSince, type Moment, thisMoment } from '#waiting';
import { type Caller } from '../audit/caller.js';
import { ensureGate, type Gate } from '../persistence/gates.js';
import { type RestoreWatch } from '../restore/restore-watch.js';
import { type AccessByStanding } from '../standing/access-by-standing.js';
import { type LeasedStanding } from '../standing/standing-cache.js';
import { standingUnknown } from '../standing/standing-unknown.js';
import { applyAnswer } from './apply-standing.js';
import { AskAgain, shareGate, lockAndMergeGate, compareGate } from './at-the-gate.js';

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

/** What of a result is still there. */
type Look<T> = (sql: Sql, result: T) => Promise<T>;

interface Passed<T> {
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
export class LiveTicket {
  constructor(
    private readonly access: AccessByStanding,
    private readonly unitOfWork: UnitOfWork,
    private readonly sql: Sql,
    private readonly restores: RestoreWatch,
  ) {}

  /**
   * Runs `work` in one transaction that holds the gate, so that this service cannot
   * apply an end before it commits. Anything in it may wait for longer than a lease:
   * an answer that is too old before the commit is asked for again, and the work is
   * begun anew under the new one.
   * @param look for what is handed out: after the commit, when the gate is
   *   no longer held. If anything was waited for, the commit too, only what
   *   is still there is returned
   * @throws Problem `not-found`, `forbidden`, `ticket-ended`, written to the access log;
   *   `standing-unknown` when gate and answers keep contradicting each other, or
   *   everything keeps waiting for longer than a lease
   */
  async run<T>(visit: Visit, work: Work<T>, look?: Look<T>): Promise<T> {
    const enter = locking.has(visit.action) ? lockAndMergeGate : shareGate;
    let passed = await this.pass(visit, (answer) =>
      this.unitOfWork.run(async (tx) => {
        const gate = await this.restores.holding(() => enter(tx, answer));
        return this.whileYoung(answer, () => work(tx, { gate, answer }));
      }),
    );
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
    return this.pass({ ...visit, answer: permittedBy }, async (answer) => {
      await compareGate(this.sql, answer);
      return this.whileYoung(answer, () => look(this.sql, result));
    });
  }

  /** Tries under one answer after the other, until one permits it. */
  private async pass<T>(visit: Visit, attempt: (answer: LeasedStanding) => Promise<T>): Promise<T> {
    let { answer } = visit;
    for (let count = 1; count <= maxAttempts; count += 1) {
      if (isEndedPhase(answer.phase)) await this.requireAllowedAfterEnd(visit);
      try {
        return await attempt(answer);
      } catch (error) {
        if (!(error instanceof AskAgain)) throw error;
        answer = await this.askAndApply(visit);
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
   * The gate exists before the question, so that an end that comes
   * in between is written there.
   */
  private async askAndApply({
    caller,
    action,
    answer: { ticketId },
  }: Visit): Promise<LeasedStanding> {
    await ensureGate(this.sql, ticketId);
    const truth = await this.access.authorizeAfresh(caller, action, ticketId);
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

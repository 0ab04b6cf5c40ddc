import { type AgentAccess, decide, mayDeleteOthers, type TicketAction } from '#access';
import { isEndedPhase, type Standing, ticketIdPattern } from '#contracts';
import { type UnitOfWork } from '#postgres';
import { Problem } from '#problem';
import { type AccessEntry, isLogged } from '../domain/access-entry.js';
import { appendToAccessLog } from '../persistence/access-log.js';
import { type Caller, doneBy } from '../audit/caller.js';
import { UnknownTickets } from '../audit/unknown-tickets.js';
import { type RestoreWatch } from '../restore/restore-watch.js';
import { type StandingAlarm } from './standing-alarm.js';
import { type LeasedStanding, type StandingCache } from './standing-cache.js';
import { forSubmitters, onCachedStanding } from './action-rules.js';
import { notUnderstood, StandingFault } from '../domain/standing-fault.js';
import { requireCertain, standingUnknown } from './standing-unknown.js';

/**
 * Whether `actorId` has submitted something that is there,
 * under the ticket in this phase.
 */
type HasSubmitted = (ticketId: string, phase: number, actorId: string) => Promise<boolean>;

/**
 * Decides who may do what under a ticket: permits on a cached standing,
 * refuses only on a fresh one.
 */
export class AccessByStanding {
  private readonly unknown = new UnknownTickets();

  constructor(
    private readonly standings: StandingCache,
    private readonly unitOfWork: UnitOfWork,
    private readonly policy: AgentAccess,
    private readonly alarm: StandingAlarm,
    private readonly restores: Pick<RestoreWatch, 'requireUndoubted'>,
    private readonly hasSubmitted: HasSubmitted,
  ) {}

  /**
   * @returns the standing that permits it
   * @throws Problem `not-found`, `forbidden`, or `standing-unknown`
   *   when the truth cannot be had
   */
  async authorize(caller: Caller, action: TicketAction, ticketId: string): Promise<LeasedStanding> {
    if (!ticketIdPattern.test(ticketId)) throw new Problem('not-found');
    await this.restores.requireUndoubted();
    const remembered = onCachedStanding.has(action) ? this.standings.cached(ticketId) : undefined;
    if (
      remembered &&
      !isEndedPhase(remembered.phase) &&
      this.decide(caller, action, remembered) === 'allowed'
    )
      return remembered;
    const standing = await this.fetch(ticketId);
    const isSubmitter = await this.isSubmitter(caller, action, ticketId, standing);
    if (standing === undefined) return this.refuseUnknown(caller, action, ticketId);
    if (!isSubmitter) await this.refuseUnlessAllowed(caller, action, standing);
    return requireCertain(standing);
  }

  /**
   * Asks again about a ticket that is known. A caller who may not act anyway is refused
   * before a doubt is mentioned, which would reveal that the ticket exists.
   * @throws Problem `not-found` or `forbidden`, written to the access log;
   *   `standing-unknown` when the truth cannot be had
   */
  async authorizeAfresh(
    caller: Caller,
    action: TicketAction,
    ticketId: string,
  ): Promise<LeasedStanding> {
    const standing = await this.latest(ticketId);
    await this.refuseUnlessAllowed(caller, action, standing);
    return requireCertain(standing);
  }

  /**
   * Looked up, where nothing else permits it, for an unknown ticket too: it takes the
   * same steps as somebody else's.
   */
  private async isSubmitter(
    caller: Caller,
    action: TicketAction,
    ticketId: string,
    standing: LeasedStanding | undefined,
  ): Promise<boolean> {
    if (
      !forSubmitters.has(action) ||
      (standing && this.decide(caller, action, standing) === 'allowed')
    )
      return false;
    return this.hasSubmitted(ticketId, standing?.phase ?? -1, caller.actor.id);
  }

  /**
   * @throws Problem `not-found` or `forbidden`, written to the access log; to be
   *   called with the truth only
   */
  private async refuseUnlessAllowed(
    caller: Caller,
    action: TicketAction,
    standing: Standing,
  ): Promise<void> {
    const decision = this.decide(caller, action, standing);
    if (decision === 'allowed') return;
    await this.logRefusal(caller, action, standing.ticketId);
    throw new Problem(decision === 'hidden' ? 'not-found' : 'forbidden');
  }

  mayDeleteOthers({ actor }: Caller, standing: Standing): boolean {
    return mayDeleteOthers(actor, standing, this.policy);
  }

  /**
   * @returns whose credentials the caller sees, for whom `credential.list` is allowed;
   *   undefined for everybody's
   */
  seesOnlyOf(caller: Caller, standing: Standing): string | undefined {
    return this.decide(caller, 'credential.list', standing) === 'allowed'
      ? undefined
      : caller.actor.id;
  }

  /**
   * @throws Problem `not-found`; `standing-unknown` where the truth cannot be had, or the
   *   answer is a fault, which raises the alarm
   */
  async truth(ticketId: string): Promise<LeasedStanding> {
    return requireCertain(await this.latest(ticketId));
  }

  /**
   * Like {@link truth}, but `tickets` may be in doubt itself, which raises the
   * alarm too: then the answer permits nothing, and what it says of phase and
   * version is true all the same.
   */
  async latest(ticketId: string): Promise<LeasedStanding> {
    const standing = await this.fetch(ticketId);
    if (standing === undefined) throw new Problem('not-found');
    return standing;
  }

  /** Whether an answer has become too old for what it permitted when that began. */
  isStale(answer: LeasedStanding): boolean {
    return this.standings.isStale(answer);
  }

  /** Logs the attempt in a transaction of its own, since nothing else was done. */
  async logRefusal(
    caller: Caller,
    action: TicketAction,
    ticketId: string,
    extra: Partial<AccessEntry> = {},
  ): Promise<void> {
    if (!isLogged(action)) return;
    const entry = { ...doneBy(caller, action), ...extra, outcome: 'refused' as const };
    await this.unitOfWork.run((tx) => appendToAccessLog(tx, ticketId, [entry]));
  }

  /**
   * Answers as for somebody else's ticket, and logs by the same statements, so that
   * timing does not tell the two apart.
   */
  private async refuseUnknown(
    caller: Caller,
    action: TicketAction,
    ticketId: string,
  ): Promise<never> {
    await this.unknown.log((chain) => this.logRefusal(caller, action, chain, { reason: ticketId }));
    throw new Problem('not-found');
  }

  private decide(caller: Caller, action: TicketAction, standing: Standing) {
    return decide(action, caller.actor, standing, this.policy);
  }

  private async fetch(ticketId: string): Promise<LeasedStanding | undefined> {
    try {
      const standing = await this.standings.fetch(ticketId);
      if (standing?.doubted) await this.alarm.raise(notUnderstood(ticketId));
      return standing;
    } catch (error) {
      if (error instanceof StandingFault) await this.alarm.raise(error);
      throw standingUnknown(error);
    }
  }
}

import { expect } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { isEnded, isEndedPhase, type TicketStatus } from '#contracts';
import { type Answer } from '../support/api.js';
import { type CrashPoint, whileCrashingAt } from './crash.js';
import { ModelTicket } from './model.js';
import { type Delivery, EventNetwork } from './event-network.js';
import { home, type Stage } from './stage.js';

/** One ticket that is played with. */
interface Actor {
  readonly id: string;
  /** What must be; undefined until the first event about it was delivered. */
  model: ModelTicket | undefined;
  /** The last version that its home gave it; undefined for our own. */
  homeVersion: number | undefined;
}

/**
 * Does one thing at a time to the services and to the model, and
 * holds one against the other.
 */
export class Play {
  readonly actors: Actor[] = [];
  readonly network: EventNetwork;
  /** Whether somebody may die meanwhile. */
  private dying = false;

  constructor(private readonly stage: Stage) {
    this.network = new EventNetwork(stage);
  }

  async open(): Promise<void> {
    const { body } = expectStatus(
      await this.stage.call('customer', 'POST', '/v1/tickets', { subject: 'Shop is down' }),
      201,
    );
    const actor: Actor = {
      id: body.id as string,
      model: new ModelTicket('open'),
      homeVersion: undefined,
    };
    expectStatus(
      await this.stage.call('agent', 'PATCH', `/v1/tickets/${actor.id}`, { assigneeId: 'agent-1' }),
      200,
    );
    actor.model!.version += 1;
    this.actors.push(actor);
    await this.network.collect();
  }

  /** Another home has a ticket, and publishes that; it is not delivered yet. */
  mirror(status: TicketStatus): void {
    const actor: Actor = { id: `${home.prefix}${randomUUID()}`, model: undefined, homeVersion: 1 };
    this.actors.push(actor);
    this.network.publishFromHome(actor.id, 1, status);
  }

  /** The ticket's home gives it a status. */
  async turn(actor: Actor, status: TicketStatus): Promise<void> {
    if (actor.homeVersion !== undefined) {
      this.network.publishFromHome(actor.id, (actor.homeVersion += 1), status);
      return;
    }
    const model = actor.model!;
    const answer = await this.stage.call('agent', 'PATCH', `/v1/tickets/${actor.id}`, { status });
    if (this.died(answer)) return;
    const isFinal = model.status === 'closed' && status !== 'closed';
    expectStatus(answer, isFinal ? 409 : 200);
    if (!isFinal) model.turn(status);
    await this.network.collect();
  }

  async submit(actor: Actor): Promise<void> {
    const answer = await this.askToSubmit(actor);
    if (this.died(answer)) return;
    expectStatus(answer, statusOf(actor, 201));
    if (answer.status === 201)
      actor.model!.shared.set(answer.body.id as string, actor.model!.phase);
  }

  /**
   * The answer holds what is live; nothing is live that has ended, whether or not its
   * event was delivered.
   */
  async reveal(actor: Actor): Promise<void> {
    const answer = await this.stage.call(
      'agent',
      'POST',
      `/v1/tickets/${actor.id}/credentials/reveal`,
      {},
    );
    if (this.died(answer)) return;
    expectStatus(answer, statusOf(actor, 200));
    if (answer.status !== 200) return;
    expect(answer.body.items.map(({ id }: { id: string }) => id).sort()).toEqual(
      actor.model!.live.sort(),
    );
  }

  async deliver(delivery: Delivery): Promise<void> {
    const outcome = await delivery.deliver();
    if (this.dying && outcome.kind === 'unavailable') return;
    expect(outcome).toEqual({ kind: 'done' });
    this.applyToModel(delivery);
    await this.network.collect();
  }

  /**
   * A submit, while an event arrives or the ticket ends: whatever came first, it is bound
   * to a phase that was the ticket's own.
   */
  async race(actor: Actor, rival: Delivery | TicketStatus): Promise<void> {
    const before = actor.model?.phase;
    const other = typeof rival === 'string' ? this.turn(actor, rival) : this.deliver(rival);
    const [answer] = await Promise.all([this.askToSubmit(actor), other]);
    const { model } = actor;
    if (model === undefined) expectStatus(answer, 404);
    else if (answer.status === 201)
      model.shared.set(
        answer.body.id as string,
        await this.phaseAtSubmit(answer, [before, model.phase]),
      );
    else if (before === undefined) expect([404, 409]).toContain(answer.status);
    else expect([before, model.phase].some(isEndedPhase) && answer).toMatchObject({ status: 409 });
  }

  /**
   * Does something while a service that reaches this point loses all that it has not
   * committed.
   */
  async crashingAt(point: CrashPoint, work: () => Promise<void>): Promise<void> {
    this.dying = true;
    try {
      await whileCrashingAt(this.stage.databases[point.database], point, work);
    } finally {
      this.dying = false;
    }
  }

  private askToSubmit({ id }: Actor): Promise<Answer> {
    return this.stage.call('customer', 'POST', `/v1/tickets/${id}/credentials`, {
      username: 'shop-admin',
      password: 'pa55',
    });
  }

  /** A service that crashed answers 503, and nothing of the request has happened. */
  private died({ status }: Answer): boolean {
    return this.dying && status === 503;
  }

  private applyToModel(delivery: Delivery): void {
    delivery.delivered = true;
    const { fromHome, ticketId } = delivery;
    const actor = this.actors.find(({ id }) => id === ticketId)!;
    if (fromHome === undefined) return;
    if (actor.model) actor.model.receive(fromHome.version, fromHome.status);
    else actor.model = new ModelTicket(fromHome.status, fromHome.version);
  }

  private async phaseAtSubmit(
    { body }: Answer,
    possible: readonly (number | undefined)[],
  ): Promise<number> {
    const [row] = await this.stage.databases.credentials.query(
      'SELECT bound_phase FROM credential WHERE id = $1',
      [body.id],
    );
    expect(possible).toContain(row?.bound_phase);
    return row!.bound_phase as number;
  }
}

function expectStatus(answer: Answer, status: number): Answer {
  expect(answer).toMatchObject({ status });
  return answer;
}

const statusOf = ({ model }: Actor, live: number): number => {
  if (model === undefined) return 404;
  return isEnded(model.status) ? 409 : live;
};

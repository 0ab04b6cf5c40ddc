import { randomUUID } from 'node:crypto';
import { isEnded, type TicketStatus } from '#contracts';
import { type Answer } from '../../support/api.js';
import { type Clients } from './clients.js';

/** What the outside world knows of one ticket. */
export interface KnownTicket {
  readonly id: string;
  readonly path: string;
  /** The status that was confirmed last. */
  status: TicketStatus;
  /**
   * How often it was confirmed to have ended or to be live again:
   * its phase is that at least.
   */
  crossings: number;
  /** A change was asked for whose answer never came, so the status may be another. */
  inDoubt: boolean;
}

export interface KnownCredential {
  readonly id: string;
  readonly ticketId: string;
  /** The ticket's phase, at least, when it was submitted. */
  readonly floor: number;
}

export const customer = 'customer-1';
export const agent = 'agent-1';

/**
 * Writes down what was answered, and what was not: 2xx is a promise that must
 * be kept, no answer and 5xx are in doubt. What became of it is decided from
 * the databases, by `judge`.
 */
export class Ledger {
  readonly tickets = new Map<string, KnownTicket>();
  readonly credentials: KnownCredential[] = [];
  /**
   * Tickets that a restore took away: of what was shared under them only
   * the destruction is judged.
   */
  readonly lost = new Set<string>();
  accepted = 0;
  doubtful = 0;
  /** Requests that were neither answered nor refused with the advice to try again. */
  readonly unclear: string[] = [];

  /**
   * @param withdrawn credentials that were taken back, in this scenario or one
   *   before it on the same system
   */
  constructor(
    private readonly clients: Clients,
    readonly withdrawn = new Set<string>(),
  ) {}

  /** @throws when it is not accepted */
  async open(): Promise<KnownTicket> {
    const answer = await this.tryOpen();
    if (answer === undefined) throw new Error('the ticket was not accepted');
    return answer;
  }

  async tryOpen(): Promise<KnownTicket | undefined> {
    const answer = await this.ask(customer, 'POST', '/v1/tickets', { subject: 'Shop is down' });
    if (answer?.status !== 201) return undefined;
    return this.adopt((answer.body as { id: string }).id);
  }

  /** A live ticket that is known, such as one of another home. */
  adopt(id: string): KnownTicket {
    const ticket: KnownTicket = {
      id,
      path: `/v1/tickets/${id}`,
      status: 'open',
      crossings: 0,
      inDoubt: false,
    };
    this.tickets.set(id, ticket);
    return ticket;
  }

  /** The requester shares a credential. */
  async submit(
    { id, path, crossings: floor }: KnownTicket,
    idempotencyKey: string = randomUUID(),
  ): Promise<Answer | undefined> {
    const secret = { username: 'shop-admin', password: `of ${idempotencyKey}` };
    const answer = await this.ask(customer, 'POST', `${path}/credentials`, secret, {
      'idempotency-key': idempotencyKey,
    });
    if (answer?.status === 201)
      this.credentials.push({ id: (answer.body as { id: string }).id, ticketId: id, floor });
    return answer;
  }

  /** The agent takes the ticket, as revealing needs. */
  assign({ path }: KnownTicket, assigneeId = agent): Promise<Answer | undefined> {
    return this.ask(agent, 'PATCH', path, { assigneeId });
  }

  reveal({ path }: KnownTicket): Promise<Answer | undefined> {
    return this.ask(agent, 'POST', `${path}/credentials/reveal`, {});
  }

  /** The requester takes a credential back. */
  async withdraw({ path }: KnownTicket, id: string): Promise<Answer | undefined> {
    const answer = await this.ask(customer, 'DELETE', `${path}/credentials/${id}`, undefined);
    if (answer?.status === 204) this.withdrawn.add(id);
    return answer;
  }

  /** The agent ends the ticket, or makes it live again. */
  async turn(ticket: KnownTicket, status: TicketStatus): Promise<Answer | undefined> {
    const answer = await this.ask(agent, 'PATCH', ticket.path, { status });
    if (answer?.status === 200) {
      if (isEnded(status) !== isEnded(ticket.status)) ticket.crossings += 1;
      ticket.status = status;
    } else if (isInDoubt(answer)) ticket.inDoubt = true;
    return answer;
  }

  /** A restore took the ticket away. */
  lose({ id }: KnownTicket): void {
    this.tickets.delete(id);
    this.lost.add(id);
  }

  /**
   * A ticket with an assignee and a credential.
   * @throws when any of it is not accepted
   */
  async share(): Promise<KnownTicket> {
    const ticket = await this.open();
    const answers = [await this.assign(ticket), await this.submit(ticket)].map(
      (answer) => answer?.status,
    );
    if (answers.join() !== '200,201') throw new Error(`not accepted: ${answers.join()}`);
    return ticket;
  }

  private async ask(
    actor: string,
    method: string,
    path: string,
    body: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer | undefined> {
    const answer = await this.clients.call(actor, { method, path, body, headers });
    if (isInDoubt(answer)) this.doubtful += 1;
    else if (answer.status < 300) this.accepted += 1;
    if (isUnclear(answer)) this.unclear.push(`${method} ${path}: ${answer?.status ?? 'no answer'}`);
    return answer;
  }
}

const isUnclear = (answer: Answer | undefined): boolean =>
  answer === undefined ||
  answer.status === 500 ||
  (answer.status > 500 && !answer.headers.has('retry-after'));

export const isInDoubt = (answer: Answer | undefined): answer is undefined =>
  answer === undefined || answer.status >= 500;

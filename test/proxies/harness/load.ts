import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { waitFor } from '../../support/wait-for.js';
import { type Before, takenTicket, type TakenTicket } from './before.js';
import { type Caller } from './caller.js';

/**
 * What a client may take for a gateway that is not there at the moment, and try again.
 */
const transient: readonly (number | 'cut')[] = [502, 503, 504, 'cut'];
/** Ms between two rounds, so that no limit is felt. */
const pace = 250;

/** A call that went wrong. */
export interface Trouble {
  readonly method: string;
  /** A status; `cut` where the connection broke off. */
  readonly outcome: number | 'cut';
  /** By `performance.now()`. */
  readonly begun: number;
}

/** Whether it may be tried again. */
export const isTransient = ({ outcome }: Trouble): boolean => transient.includes(outcome);

/**
 * A customer who reads and writes all the time, and tries again what may be tried again.
 */
export class Load {
  readonly troubles: Trouble[] = [];
  /** Replies that were answered. */
  written = 0;
  private isOver = false;
  private readonly done: Promise<void>;

  private constructor(
    readonly name: string,
    readonly caller: Caller,
    readonly ticket: TakenTicket,
  ) {
    this.done = this.work();
  }

  /** Resolves when it is under way. */
  static async start({ product, street }: Before): Promise<Load> {
    const caller = street().caller(product);
    const load = new Load(product.name, caller, await takenTicket(caller));
    await load.goOn();
    return load;
  }

  /**
   * Resolves when it has written twice more: whatever was under way before is done with.
   */
  goOn(): Promise<boolean> {
    const { written } = this;
    return waitFor(() => this.written > written + 1, 60_000);
  }

  /** @returns how many replies the ticket has in the end */
  async end(): Promise<number> {
    this.isOver = true;
    await this.done;
    return this.countReplies();
  }

  private async countReplies(cursor = ''): Promise<number> {
    const { ticket, caller } = this;
    const { body } = await caller.call(
      ticket.customer,
      'GET',
      `${ticket.path}/replies?limit=100${cursor}`,
    );
    const { items, nextCursor } = body as { items: unknown[]; nextCursor: string | null };
    return (
      items.length +
      (nextCursor === null
        ? 0
        : await this.countReplies(`&cursor=${encodeURIComponent(nextCursor)}`))
    );
  }

  private async work(): Promise<void> {
    while (!this.isOver) {
      await this.insist('GET', '');
      await this.insist('POST', '/replies', { body: 'Still there?' });
      this.written += 1;
      await sleep(pace);
    }
  }

  private async insist(method: string, path: string, body?: object): Promise<void> {
    const key: Record<string, string> =
      body === undefined ? {} : { 'idempotency-key': randomUUID() };
    for (;;) {
      const begun = performance.now();
      const outcome = await this.attempt(method, path, body, key);
      if (outcome === 200 || outcome === 201) return;
      this.troubles.push({ method, outcome, begun });
      await sleep(pace);
    }
  }

  private async attempt(
    method: string,
    path: string,
    body: object | undefined,
    headers: Record<string, string>,
  ): Promise<number | 'cut'> {
    try {
      return (
        await this.caller.call(this.ticket.customer, method, this.ticket.path + path, body, headers)
      ).status;
    } catch (error) {
      // What fetch throws when there is no answer; anything else would
      // be an answer that is none.
      if (error instanceof TypeError) return 'cut';
      throw error;
    }
  }
}

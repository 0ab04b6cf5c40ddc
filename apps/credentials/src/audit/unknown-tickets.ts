import { randomInt } from 'node:crypto';

/**
 * So many that a burst of attempts, as many as a few replicas have
 * connections for, is spread over them.
 */
const count = 256;

/**
 * The chains of attempts on unknown tickets; `reason` holds the id. Their number is
 * fixed: with a chain for each invented id, any caller could grow chains and checkpoints
 * without end, since heads are never deleted. With a single one, attempts would wait for
 * each other, as attempts on different tickets of other people do not, and show by that
 * which ids are no ticket's.
 *
 * So each attempt is logged in a chain that is drawn at random, which no caller can see
 * or choose, among those that no other attempt in this process is using. Where one of
 * them is held for long, one attempt at a time waits for it. None has the name of a valid
 * ticket (`ticketIdPattern`), so no path leads to it.
 */
export class UnknownTickets {
  private readonly free = Array.from({ length: count }, (_, place) => `(unknown-${place})`);

  /** @param log appends to the chain, in a transaction of its own */
  async log<T>(log: (chain: string) => Promise<T>): Promise<T> {
    const chain = this.take();
    if (chain === undefined) return log(`(unknown-${randomInt(count)})`);
    try {
      return await log(chain);
    } finally {
      this.free.push(chain);
    }
  }

  private take(): string | undefined {
    return this.free.length === 0 ? undefined : this.free.splice(randomInt(this.free.length), 1)[0];
  }
}

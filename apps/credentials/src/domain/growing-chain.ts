import { type ChainHead, entryHash, type LockedHead } from './access-chain.js';
import { type AccessEntry } from './access-entry.js';

/** An entry with its place in the chain of its ticket. */
export interface PlacedEntry {
  readonly ticketId: string;
  readonly seq: number;
  readonly at: Date;
  readonly entry: AccessEntry;
  readonly hash: Buffer;
}

/** A ticket's chain, whose lock this transaction has, while entries are added to it. */
export class GrowingChain {
  readonly added: PlacedEntry[] = [];
  private last: ChainHead;

  /**
   * @param head undefined where the chain begins with what is added.
   * @param at when the lock was had, by the database's clock
   */
  constructor(
    readonly ticketId: string,
    private readonly before: ChainHead | undefined,
    private readonly at: Date,
  ) {
    this.last = before ?? { seq: 0, hash: Buffer.alloc(0) };
  }

  get isNew(): boolean {
    return this.before === undefined;
  }

  get head(): LockedHead {
    return { ...this.last, at: this.at };
  }

  /** @returns the new head */
  add(entries: readonly AccessEntry[]): LockedHead {
    for (const entry of entries) {
      const { ticketId, at } = this;
      const seq = this.last.seq + 1;
      const hash = entryHash(this.last.hash, ticketId, seq, at, entry);
      this.added.push({ ticketId, seq, at, entry, hash });
      this.last = { seq, hash };
    }
    return this.head;
  }
}

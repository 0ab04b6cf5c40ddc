import { ticketStatuses, type TicketStatus } from './words.js';

/** As words are compared: case tells nothing, nor does how an accent is encoded. */
const folded = (word: string): string => word.normalize('NFC').toLowerCase();

/** The words by which a home tells a status: its own, then ours. */
export class StatusWords {
  private readonly byWord: ReadonlyMap<string, TicketStatus>;

  /**
   * @param own may give one of our words another meaning. Of two that differ in case
   *   alone the last counts: see {@link clash}
   */
  constructor(own: readonly (readonly [word: string, status: TicketStatus])[] = []) {
    const ours = ticketStatuses.map((status) => [status, status] as const);
    this.byWord = new Map([...ours, ...own].map(([word, status]) => [folded(word), status]));
  }

  /** Whether two of these are the same word. */
  static clash = (words: readonly string[]): boolean =>
    new Set(words.map(folded)).size < words.length;

  /** @returns undefined where it is no word that is known */
  read(word: string): TicketStatus | undefined {
    return this.byWord.get(folded(word));
  }
}

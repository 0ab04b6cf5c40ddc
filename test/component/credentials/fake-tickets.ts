import {
  type Changes,
  type RememberedDestruction,
  type Standing,
  type WitnessAnswer,
} from '#contracts';
import { type WitnessQuestion } from '../../../apps/credentials/src/restore/remote-witness.js';
import { type StandingsAnswer } from '../../../apps/credentials/src/standing/standing-source.js';

/**
 * The neighbour that the service asks, in the hands of the test: it answers what
 * it was told, or not at all.
 */
export class FakeTickets {
  readonly answers = new Map<string, Standing>();
  questions = 0;
  reachable = true;
  /** Called before each answer, with the ids asked for. */
  before: (ids: readonly string[]) => Promise<void> = () => Promise.resolve();

  async standings(ids: readonly string[]): Promise<StandingsAnswer> {
    this.questions += 1;
    if (!this.reachable) throw new Error('unreachable');
    const answers = ids.flatMap((id) => this.answers.get(id) ?? []);
    await this.before(ids);
    return { items: answers, unknown: ids.filter((id) => !this.answers.has(id)) };
  }

  /**
   * What it says has changed, once; nothing unless a test says so, for that would be
   * found beside what the test is about.
   */
  readonly changed: Standing[] = [];
  /** Whether the next answer says that others may have changed too. */
  gap = false;

  changes(): Promise<Changes> {
    if (!this.reachable) return Promise.reject(new Error('unreachable'));
    const { gap } = this;
    this.gap = false;
    return Promise.resolve({ items: this.changed.splice(0), cursor: '1:1:', gap, more: false });
  }

  /** The latest statement of each database. */
  readonly statements = new Map<string, string>();
  /** Called before each answer to what is remembered of a database. */
  beforeRecall: () => Promise<void> = () => Promise.resolve();
  /** What the test says was destroyed. */
  readonly destroyed: RememberedDestruction[] = [];

  async witness({ database, mark, credentialIds = [] }: WitnessQuestion): Promise<WitnessAnswer> {
    if (!this.reachable) throw new Error('unreachable');
    if (mark !== undefined) this.statements.set(database, mark.statement);
    else if (credentialIds.length === 0) await this.beforeRecall();
    const destroyed = this.destroyed.filter(({ credentialId }) =>
      credentialIds.includes(credentialId),
    );
    return { statement: this.statements.get(database) ?? null, destroyed };
  }

  set(ticketId: string, change: Partial<Standing> = {}): Standing {
    const before = this.answers.get(ticketId) ?? {
      ticketId,
      status: 'open' as const,
      version: 0,
      phase: 0,
      requesterId: 'customer-1',
      assigneeId: 'agent-1',
      home: '/tickets',
    };
    const standing = { ...before, version: before.version + 1, ...change };
    this.answers.set(ticketId, standing);
    return standing;
  }
}

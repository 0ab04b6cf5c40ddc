import { DatabaseError, type PoolClient } from 'pg';
import { type DataSource } from 'typeorm';
import { withPoolConnection } from './pool-connection.js';
import { planning } from './prepared-statements.js';
import { type Answer, RoundTrip } from './round-trip.js';
import { longestSilence } from './session-settings.js';
import { type RowsOf, type Statement, statement } from './statement.js';

const [begin, commit, rollback] = ['BEGIN', 'COMMIT', 'ROLLBACK'].map((text) =>
  statement(text),
) as [Statement, Statement, Statement];

/** A transaction that ended without its commit, although no statement had failed. */
export class NotCommittedError extends Error {
  override readonly name = 'NotCommittedError';
}

/**
 * It may be committed, or may not: whatever went wrong, the server did not say. Its code
 * is the SQLSTATE for that, so that it counts as an outage and nothing is done again.
 */
export class UnknownCommitError extends Error {
  override readonly name = 'UnknownCommitError';
  readonly code = '08007';

  constructor(cause: unknown) {
    super('there was no answer to a commit', { cause });
  }
}

/**
 * A READ COMMITTED transaction in which statements that do not need each other's rows are
 * sent together: each of these calls is one round trip, however many it has. They are
 * executed in order, and each sees what was committed before it, as if sent by itself.
 */
export class PipelinedTransaction {
  private state: 'new' | 'open' | 'failed' | 'committed' = 'new';

  constructor(
    private readonly client: PoolClient,
    private readonly tripMs: number,
  ) {}

  get isCommitted(): boolean {
    return this.state === 'committed';
  }

  /** @returns the rows of each. @throws the first error, with its SQLSTATE */
  async all<const Statements extends readonly Statement[]>(
    statements: Statements,
  ): Promise<RowsOf<Statements>> {
    return rowsOf<Statements>(await this.send(statements));
  }

  /**
   * Sends the last statements with the COMMIT behind them.
   * @returns the rows of each, which are committed.
   * @throws the first error, with its SQLSTATE: nothing is committed then.
   * @throws UnknownCommitError where there is no answer of the server
   */
  async commit<const Statements extends readonly Statement[]>(
    statements: Statements,
  ): Promise<RowsOf<Statements>> {
    const answers = await this.send([...statements, commit]).catch((error: unknown) => {
      throw error instanceof DatabaseError ? error : new UnknownCommitError(error);
    });
    // A transaction that has failed before answers a COMMIT by this, and not by an error.
    if (answers.pop()?.tag !== 'COMMIT') {
      this.state = 'failed';
      throw new NotCommittedError('the transaction was rolled back at its commit');
    }
    this.state = 'committed';
    return rowsOf<Statements>(answers);
  }

  /**
   * Rolls back what was not committed. @throws where the connection cannot be used again
   */
  async end(): Promise<void> {
    if (this.state === 'open' || this.state === 'failed')
      await RoundTrip.send(this.client, [rollback], this.tripMs);
  }

  private async send(statements: readonly Statement[]): Promise<Answer[]> {
    const before = this.state === 'new' ? [begin, ...planning(this.client)] : [];
    this.state = 'failed';
    const answers = await RoundTrip.send(this.client, [...before, ...statements], this.tripMs);
    this.state = 'open';
    return answers.slice(before.length);
  }
}

const rowsOf = <Statements extends readonly Statement[]>(answers: readonly Answer[]) =>
  answers.map(({ rows }) => rows) as RowsOf<Statements>;

/** Transactions of few round trips, on the connections of the service's pool. */
export class PipelinedTransactions {
  /**
   * @param afterCommit must not throw; it is called after every commit
   * @param tripMs the longest that a round trip may take, in milliseconds
   */
  constructor(
    private readonly dataSource: DataSource,
    private readonly afterCommit: () => void = () => undefined,
    private readonly tripMs = longestSilence,
  ) {}

  /** Rolls back what `work` has not committed when it returns or throws. */
  run<T>(work: (tx: PipelinedTransaction) => Promise<T>): Promise<T> {
    return withPoolConnection(this.dataSource, async (client, giveUp) => {
      const tx = new PipelinedTransaction(client, this.tripMs);
      try {
        return await work(tx);
      } finally {
        await tx.end().catch(giveUp);
        if (tx.isCommitted) this.afterCommit();
      }
    });
  }
}

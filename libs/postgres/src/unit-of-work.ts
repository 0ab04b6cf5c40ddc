import { type DataSource, type EntityManager } from 'typeorm';

/**
 * Transactions that notify after commit: they wake the outbox relay, which would
 * otherwise find the new rows by polling.
 */
export class UnitOfWork {
  /**
   * @param afterCommit must not throw; it is called after every commit, whether or
   *   not something was written
   */
  constructor(
    private readonly dataSource: DataSource,
    private readonly afterCommit: () => void = () => undefined,
  ) {}

  /**
   * Runs `work` in one READ COMMITTED transaction; commits what it returns, rolls back
   * when it throws.
   */
  async run<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    const result = await this.dataSource.transaction(work);
    this.afterCommit();
    return result;
  }
}

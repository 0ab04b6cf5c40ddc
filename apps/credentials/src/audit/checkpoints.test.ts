import { describe, expect, it } from '@jest/globals';
import { type Sql, type UnitOfWork } from '#postgres';
import { type SigningKeys } from '../receipts/signing-keys.js';
import { Checkpoints } from './checkpoints.js';

/** How often every head was read, while nothing grows, by so many turns. */
async function looks(seconds: number, turns: number): Promise<number> {
  const statements: string[] = [];
  const query = (statement: string) => Promise.resolve(statements.push(statement) && []);
  const unitOfWork = {
    run: <T>(work: (tx: Sql) => Promise<T>) => work({ query } as Sql),
  } as unknown as UnitOfWork;
  const checkpoints = new Checkpoints(unitOfWork, {} as SigningKeys, { seconds, file: undefined });
  for (let turn = 0; turn < turns; turn += 1) await checkpoints.keep();
  return statements.filter((statement) => statement.includes('FROM access_log_head')).length;
}

describe('checkpoints', () => {
  it('look for what has grown once in their time, not at every turn, while nothing does', async () => {
    expect(await looks(3600, 5)).toBe(1);
    expect(await looks(0, 5)).toBe(5);
  });
});

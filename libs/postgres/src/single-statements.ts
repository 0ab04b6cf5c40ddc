import { DatabaseError } from 'pg';
import { type DataSource } from 'typeorm';
import { withPoolConnection } from './pool-connection.js';
import { isNotPrepared, planning } from './prepared-statements.js';
import { type Answer, RoundTrip } from './round-trip.js';
import { longestSilence } from './session-settings.js';
import { type Sql } from './sql.js';
import { type Parameter, type Statement, statement } from './statement.js';

const changed = /^(?:UPDATE|DELETE) (\d+)$/;

/**
 * Runs statements on the service's pool, each in one round trip and a transaction of its
 * own, and has the server keep their plans. For those that are run often, whose text is a
 * constant: others go through the DataSource.
 */
export class SingleStatements implements Sql {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * @param parameters texts, numbers, nulls, and lists of texts
   * @returns what TypeORM would: rows, and with UPDATE and DELETE how many there were
   */
  async query<T>(text: string, parameters: unknown[] = []): Promise<T> {
    const wanted = statement(text, parameters.map(requireParameter));
    const { rows, tag } = await this.send(wanted).catch((error: unknown) => {
      if (isNotPrepared(error)) return this.send(wanted);
      throw error;
    });
    const count = changed.exec(tag)?.[1];
    return (count === undefined ? rows : [rows, Number(count)]) as T;
  }

  private send(wanted: Statement): Promise<Answer> {
    return withPoolConnection(this.dataSource, async (client, giveUp) => {
      try {
        const statements = [...planning(client), wanted];
        return (await RoundTrip.send(client, statements, longestSilence)).at(-1) as Answer;
      } catch (error) {
        if (!isRefusal(error)) giveUp(error as Error);
        throw error;
      }
    });
  }
}

/** An error of the server after which it does not close the connection. */
const isRefusal = (error: unknown): boolean =>
  error instanceof DatabaseError && error.severity === 'ERROR';

function requireParameter(value: unknown): Parameter {
  if (Array.isArray(value) ? value.every(isText) : isText(value) || typeof value === 'number')
    return value as Parameter;
  throw new TypeError('a parameter has to be a text, a number, null, or a list of texts');
}

const isText = (value: unknown): boolean => value === null || typeof value === 'string';

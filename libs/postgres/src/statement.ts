import { rows, type Sql } from './sql.js';

/** What a statement is given: a list is an array of texts for it. */
export type Parameter = string | number | null | readonly (string | null)[];

/**
 * What a statement does about rows that another transaction has locked: `skip` leaves
 * them out, `wait` waits for them.
 */
export type LockWait = 'skip' | 'wait';

/** A statement with its parameters, not sent yet. `Row` is what it returns. */
export interface Statement<Row = unknown> {
  readonly text: string;
  readonly parameters: readonly Parameter[];
  /** For the compiler only: it is never there. */
  readonly row?: Row;
}

export const statement = <Row>(
  text: string,
  parameters: readonly Parameter[] = [],
): Statement<Row> => ({ text, parameters });

/** Sends a statement by itself. @returns its rows */
export const send = <Row>(sql: Sql, { text, parameters }: Statement<Row>): Promise<Row[]> =>
  rows<Row>(sql, text, parameters);

/** The rows of each of several statements. */
export type RowsOf<Statements extends readonly Statement[]> = {
  [At in keyof Statements]: Statements[At] extends Statement<infer Row> ? Row[] : never;
};

/** A parameter as the protocol writes it: in text, or null. */
export function encode(parameter: Parameter): string | null {
  if (parameter === null || typeof parameter === 'string') return parameter;
  if (typeof parameter === 'number') return String(parameter);
  return `{${parameter.map(element).join()}}`;
}

const element = (text: string | null): string =>
  text === null ? 'NULL' : `"${text.replace(/["\\]/g, '\\$&')}"`;

/** Bytes as `bytea` reads them. */
export const hex = (bytes: Buffer): string => `\\x${bytes.toString('hex')}`;

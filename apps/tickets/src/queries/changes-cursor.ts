import { parseSnapshot, printSnapshot, type Snapshot } from '../persistence/snapshot.js';

/** Up to where a reader has heard, and of which database. */
interface Cursor {
  readonly database: string;
  readonly seen: Snapshot;
}

/** @returns undefined for what was never printed */
export function parseCursor(text: string): Cursor | undefined {
  const [database = '', snapshot = ''] = text.split('/', 2);
  const seen = parseSnapshot(snapshot);
  return seen && { database, seen };
}

export const printCursor = ({ database, seen }: Cursor): string =>
  `${database}/${printSnapshot(seen)}`;

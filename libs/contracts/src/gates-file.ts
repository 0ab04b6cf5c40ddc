import { assertPart, InvalidEventError, isObject } from './cloud-event.js';
import { assertMoment, type Standing } from './standing.js';

/**
 * What a gate of `credentials` has recorded of a ticket: the latest standing it received.
 */
export interface GateRecord extends Omit<Standing, 'home'> {
  /** How many credentials are live under it. */
  readonly credentials: number;
}

/**
 * The lines of a file of gates, which `credentials` writes and `tickets` reads after a
 * restore: a JSON object for each gate, and a last one with their number, so that a
 * truncated file is noticed.
 */
export async function* gatesFile(gates: AsyncIterable<GateRecord>): AsyncGenerator<string> {
  let count = 0;
  for await (const gate of gates) {
    yield JSON.stringify(gate);
    count += 1;
  }
  yield JSON.stringify({ gates: count });
}

/**
 * Only the last line tells whether the file is complete: act on no
 * gate before all were read.
 * @throws InvalidEventError naming the line, and the part of it that is missing or wrong;
 *   of a file that is cut off at its end
 */
export async function* parseGatesFile(lines: AsyncIterable<string>): AsyncGenerator<GateRecord> {
  let [count, announced] = [0, -1];
  for await (const line of lines) {
    const entry = parseLine(line, count + 1);
    assertPart(announced === -1, 'the end of the file');
    if ('gates' in entry) announced = entry.gates;
    else {
      count += 1;
      yield entry;
    }
  }
  assertPart(announced === count, 'the end of the file');
}

function parseLine(line: string, number: number): GateRecord | { readonly gates: number } {
  try {
    const value: unknown = JSON.parse(line);
    assertPart(isObject(value), 'data');
    if (isCount(value.gates)) return { gates: value.gates };
    assertMoment(value);
    const { ticketId, status, version, phase, requesterId, assigneeId, credentials } = value;
    assertPart(isCount(credentials), 'data.credentials');
    return { ticketId, status, version, phase, requesterId, assigneeId, credentials };
  } catch (error) {
    const part = error instanceof InvalidEventError ? `: ${error.message}` : ' is no JSON';
    throw new InvalidEventError(`line ${number}${part}`);
  }
}

const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0;

import { describe, expect, it } from '@jest/globals';
import { type GateRecord, gatesFile, parseGatesFile } from './index.js';

const gate: GateRecord = {
  ticketId: 'T-1',
  status: 'open',
  version: 3,
  phase: 2,
  requesterId: 'ann',
  assigneeId: null,
  credentials: 1,
};
const ended: GateRecord = {
  ...gate,
  ticketId: 'legacy:1',
  status: 'closed',
  phase: 3,
  credentials: 0,
};

const from = async function* <T>(things: readonly T[]) {
  yield* await Promise.resolve(things);
};
async function all<T>(things: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const thing of things) found.push(thing);
  return found;
}
const linesOf = (gates: readonly GateRecord[]) => all(gatesFile(from(gates)));
const read = (lines: readonly string[]) => all(parseGatesFile(from(lines)));

describe('a file of gates', () => {
  it.each([[[]], [[gate]], [[gate, ended]]])('is read as it was written', async (gates) => {
    expect(await read(await linesOf(gates))).toEqual(gates);
  });

  it('that is cut off is refused, wherever it was cut', async () => {
    const lines = await linesOf([gate, ended]);
    for (const kept of [0, 1, 2])
      await expect(read(lines.slice(0, kept))).rejects.toThrow(
        'the end of the file is missing or wrong',
      );
    await expect(read([lines[0]!, lines[2]!])).rejects.toThrow('the end of the file');
    await expect(read([...lines.slice(0, 2), lines[2]!.slice(0, -1)])).rejects.toThrow(
      'line 3 is no JSON',
    );
    await expect(read([...lines, lines[0]!])).rejects.toThrow('the end of the file');
  });

  it.each([
    ['> private-credentials@0.1.0 credentials', 'line 1 is no JSON'],
    ['[]', 'line 1: data is missing or wrong'],
    [JSON.stringify({ ...gate, phase: 1 }), 'line 1: data.phase is missing or wrong'],
    [JSON.stringify({ ...gate, ticketId: '' }), 'line 1: data.ticketId is missing or wrong'],
    [JSON.stringify({ ...gate, credentials: -1 }), 'line 1: data.credentials is missing or wrong'],
  ])('with a line that is none is refused by its number: %s', async (line, message) => {
    await expect(read([line])).rejects.toThrow(message);
  });
});

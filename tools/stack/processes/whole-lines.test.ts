import { PassThrough } from 'node:stream';
import { finished } from 'node:stream/promises';
import { expect, it } from '@jest/globals';
import { linesIn, passWholeLines } from './whole-lines.js';

async function passed(...chunks: Buffer[]): Promise<string[]> {
  const [output, taken] = [new PassThrough(), [] as string[]];
  passWholeLines(output, (lines) => taken.push(lines));
  for (const chunk of chunks) {
    output.write(chunk);
    await new Promise(setImmediate);
  }
  output.end();
  await finished(output);
  return taken;
}

it('output that was printed at once is passed on in one piece, without half a line', async () => {
  const [half, rest] = [Buffer.from('a\nb\nc — '), Buffer.from('d\ne')];
  // In the midst of the dash, which has three bytes.
  expect(await passed(half.subarray(0, 7), half.subarray(7), rest)).toEqual([
    'a\nb\n',
    'c — d\n',
    'e\n',
  ]);
});

it('lines are recognized whichever end they have', () => {
  expect(linesIn('a\n\nb\r\nc\n')).toEqual(['a', '', 'b', 'c']);
});

import { beforeEach, describe, expect, it } from '@jest/globals';
import { CommandError, type Program, runProgram, UsageError, verb } from './index.js';

let out: string[];
let err: string[];
let failure: Error | undefined;

const program: Program = {
  name: 'keys',
  summary: 'Keys.',
  verbs: {
    list: verb({
      summary: 'Lists them.',
      run: ({ print }) => {
        if (failure) throw failure;
        print('one');
        return Promise.resolve();
      },
    }),
    'ring rotate': verb({
      summary: 'Rotates it.',
      operands: { usage: 'ID…', min: 1, max: 2 },
      options: {
        all: { type: 'boolean', summary: 'every one' },
        reason: { type: 'string', summary: 'why' },
      },
      run: ({ operands, values: { all, reason }, print }) => {
        print(JSON.stringify({ operands, all, reason }));
        return Promise.resolve();
      },
    }),
  },
};
const run = (...args: string[]) =>
  runProgram(program, args, { out: (text) => out.push(text), err: (text) => err.push(text) });

beforeEach(() => {
  [out, err, failure] = [[], [], undefined];
});

describe('a command', () => {
  it('gives a verb of several words its operands and options', async () => {
    await expect(run('ring', 'rotate', 'a', '--all', '--reason', 'old', 'b')).resolves.toBe(0);
    expect(JSON.parse(out.join())).toEqual({ operands: ['a', 'b'], all: true, reason: 'old' });
    expect(err).toEqual([]);
  });

  it.each([
    [[], 'a verb is missing'],
    [['ring'], 'there is no such verb'],
    [['ring', 'rotate'], 'ID… is missing'],
    [['ring', 'rotate', 'a', 'b', 'c'], 'too many arguments'],
    [['ring', 'rotate', 'a', '--most'], "Unknown option '--most'"],
    [['list', 'a'], 'too many arguments'],
  ])(
    'called wrongly (%j) does nothing, says why and how to call it, and answers 2',
    async (args, reason) => {
      await expect(run(...args)).resolves.toBe(2);
      expect(out).toEqual([]);
      expect(err.join('\n')).toContain(`Failed: ${reason}`);
      expect(err.join('\n')).toMatch(/keys (list|ring rotate ID…)/);
    },
  );

  it('that fails says why, and answers 1', async () => {
    failure = new CommandError('the ring is locked');
    await expect(run('list')).resolves.toBe(1);
    expect(err).toEqual(['Failed: the ring is locked']);
  });

  it('may find out itself that it was called wrongly', async () => {
    failure = new UsageError('no such key');
    await expect(run('list')).resolves.toBe(2);
    expect(err).toEqual(['Failed: no such key', 'usage: keys list']);
  });

  it('shows no password, whatever fails', async () => {
    failure = new Error(
      'cannot reach amqp://operator:s3cret@broker:5672 or postgres://owner:s3cret@db/tickets',
    );
    await expect(run('list')).resolves.toBe(1);
    expect(err).toEqual(['Failed: cannot reach amqp://broker:5672 or postgres://db/tickets']);
  });

  it('says what every attempt to connect came to', async () => {
    failure = new AggregateError(
      [
        new Error('connect ECONNREFUSED ::1:5432'),
        new Error('connect ECONNREFUSED 127.0.0.1:5432'),
      ],
      '',
    );
    await run('list');
    expect(err).toEqual([
      'Failed: connect ECONNREFUSED ::1:5432, connect ECONNREFUSED 127.0.0.1:5432',
    ]);
  });

  it('explains all verbs, or the ones that are asked about', async () => {
    await expect(run('--help')).resolves.toBe(0);
    expect(out.join()).toContain('keys list');
    expect(out.join()).toContain('keys ring rotate ID… [--all] [--reason VALUE]');
    out = [];
    await expect(run('ring', '--help')).resolves.toBe(0);
    expect(out.join()).toContain('Rotates it.');
    expect(out.join()).not.toContain('Lists them.');
  });
});

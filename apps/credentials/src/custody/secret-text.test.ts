import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { format, inspect } from 'node:util';
import { serialize } from 'node:v8';
import { describe, expect, it } from '@jest/globals';
import { createLogger, type LogFields } from '#telemetry';
import { revealPlaintext } from './reveal-plaintext.js';
import { SecretText } from './secret-text.js';

const text = 'correct horse battery staple';
const secret = new SecretText(text);
const secrets = { username: secret, list: [secret], map: new Map([['a', secret]]) };

function written(write: (stream: Writable) => void): string {
  const chunks: string[] = [];
  write(
    new Writable({
      write: (chunk: Buffer, _, done) => {
        chunks.push(chunk.toString());
        done();
      },
    }),
  );
  return chunks.join('');
}

function thrown(action: () => unknown): Error {
  try {
    action();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}

/** As careless code does it: the types would not let it. */
const careless = secret as unknown as string & (() => unknown) & { text: { length: number } };
const deepest = { showHidden: true, depth: Infinity, customInspect: false, getters: true };

describe('a secret text shows nothing of itself', () => {
  it.each<[string, () => string]>([
    ['a template string', () => `password: ${careless}`],
    ['a concatenation', () => 'password: ' + careless],
    ['String()', () => String(secret)],
    ['an array that is joined', () => [careless, careless].join()],
    ['JSON.stringify', () => JSON.stringify({ secret, secrets })],
    [
      'JSON.stringify of what Object.entries finds',
      () => JSON.stringify([Object.entries(secret), { ...secret }]),
    ],
    ['util.inspect', () => inspect(secrets, { depth: Infinity })],
    ['util.inspect, told to look behind everything', () => inspect(secrets, deepest)],
    ['util.format', () => format('%s %o %O %j', secret, secret, secret, secret)],
    [
      'console.log',
      () =>
        written((stream) => {
          new Console(stream).log(secret, secrets, '%s', secret);
        }),
    ],
    [
      'console.table',
      () =>
        written((stream) => {
          new Console(stream).table([secrets]);
        }),
    ],
    [
      'an error that has it in its text',
      () => inspect(new Error(`refused ${careless}`, { cause: secret }), deepest),
    ],
    [
      'an error that has it as a property',
      () => inspect(Object.assign(new Error('refused'), secrets), deepest),
    ],
    [
      'the error of calling it',
      () =>
        inspect(
          thrown(() => careless()),
          deepest,
        ),
    ],
    [
      'the error of reading past it',
      () =>
        inspect(
          thrown(() => careless.text.length),
          deepest,
        ),
    ],
    ['a structured clone', () => inspect(structuredClone(secrets), deepest)],
    [
      'what another thread is sent',
      () => serialize(secrets).toString('latin1') + serialize(secrets).toString('utf16le'),
    ],
  ])('to %s', (_, show) => {
    const shown = show();
    expect(shown.length).toBeGreaterThan(0);
    for (const word of text.split(' ')) expect(shown).not.toContain(word);
  });

  it('to the structured log, whichever field it got into', () => {
    const lines = written((destination) => {
      const log = createLogger({ service: 'test', level: 'debug', destination });
      const fields = {
        text: secret,
        code: secret,
        error: Object.assign(new Error(`bad ${careless}`), { code: secret }),
        secret,
      };
      log.error('refused', fields as unknown as LogFields);
    });
    expect(lines).toContain('"event":"refused"');
    for (const word of text.split(' ')) expect(lines).not.toContain(word);
  });

  it('but to the one function that is made for it', () => {
    expect(revealPlaintext(secret)).toBe(text);
    expect(revealPlaintext(new SecretText('\ud800 \0'))).toBe('\ud800 \0');
  });
});

describe('two secret texts', () => {
  it.each<[boolean, string | null, string | null]>([
    [true, 'a', 'a'],
    [true, '', ''],
    [true, null, null],
    [false, 'a', 'b'],
    [false, 'a', 'aa'],
    [false, 'a', ''],
    [true, '', null],
    [false, null, 'a'],
    // What UTF-8 would make the same of.
    [false, '\ud800', '\ud801'],
    [false, '\ud800', '\ufffd'],
    [false, 'é', 'e\u0301'],
  ])('are the same (%s): %j and %j', (same, one, other) => {
    expect(SecretText.areSame(SecretText.orNull(one), SecretText.orNull(other))).toBe(same);
  });
});

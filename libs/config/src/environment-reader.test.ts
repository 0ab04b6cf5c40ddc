import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { readEnvironment } from './environment-reader.js';

const folder = mkdtempSync(join(tmpdir(), 'config-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('readEnvironment', () => {
  it('returns typed values and defaults', () => {
    const config = readEnvironment(
      { PORT: '80', LOG: 'debug', LIST: 'a, b,,c', ON: 'true' },
      (read) => ({
        port: read.integer('PORT'),
        host: read.text('HOST', { default: '127.0.0.1' }),
        log: read.oneOf('LOG', ['info', 'debug']),
        list: read.list('LIST'),
        on: read.boolean('ON'),
        off: read.boolean('OFF', { default: false }),
      }),
    );
    expect(config).toEqual({
      port: 80,
      host: '127.0.0.1',
      log: 'debug',
      list: ['a', 'b', 'c'],
      on: true,
      off: false,
    });
  });

  it('names every faulty variable and no value', () => {
    const environment = {
      PORT: 'hunter2',
      LOG: 'hunter2',
      DB: 'hunter2',
      URLS: 'hunter2',
      HOMES: '{hunter2',
    };
    const read = () =>
      readEnvironment(environment, (reader) => ({
        port: reader.integer('PORT', { min: 1, max: 65535 }),
        log: reader.oneOf('LOG', ['info']),
        db: reader.secretUrl('DB', ['postgres:']),
        urls: reader.urls('URLS', ['http:', 'https:']),
        homes: reader.json('HOMES', (value) => value),
        gone: reader.text('GONE'),
      }));
    expect(read).toThrow(/PORT must.*LOG must.*DB must.*URLS must.*HOMES must.*GONE is missing/);
    expect(read).not.toThrow(/hunter2/);
  });

  it('reads a secret from the file that NAME_FILE names, without its last line break', () => {
    const file = join(folder, 'password');
    writeFileSync(file, 'p w\n\n');
    expect(readEnvironment({ PASSWORD_FILE: file }, (reader) => reader.secret('PASSWORD'))).toBe(
      'p w\n',
    );
    expect(() =>
      readEnvironment({ PASSWORD_FILE: join(folder, 'none') }, (reader) =>
        reader.secret('PASSWORD'),
      ),
    ).toThrow(/PASSWORD_FILE names a file/);
  });

  it('takes an empty variable for a missing one', () => {
    expect(() => readEnvironment({ A: '' }, (reader) => reader.text('A'))).toThrow('A is missing');
  });
});

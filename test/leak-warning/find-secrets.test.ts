import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { drawKeys } from './corpus/keys.js';
import { told } from './corpus/told.js';
import { findSecrets } from '../../apps/web/src/leak-warning/find-secrets.js';

const ordinary = readFileSync('test/leak-warning/corpus/ordinary.txt', 'utf8').trim().split('\n');
const found = (text: string) => findSecrets(text).map(({ start, end }) => text.slice(start, end));

describe('the leak warning', () => {
  it('is silent on ordinary support sentences, hundreds of them and most about passwords, but for one in a hundred', () => {
    const alarms = ordinary.filter((sentence) => findSecrets(sentence).length > 0);
    expect(ordinary.length).toBeGreaterThanOrEqual(300);
    expect(
      ordinary.filter((sentence) =>
        /pass|pw|token|secret|key|credential|login|kennwort/i.test(sentence),
      ).length,
    ).toBeGreaterThan(150);
    expect({ alarms, rate: alarms.length / ordinary.length <= 0.01 }).toEqual({
      alarms,
      rate: true,
    });
  });

  it('knows keys of every format, wherever they stand in a sentence', () => {
    const keys = drawKeys(20);
    const missed = keys.filter(
      ([, key]) =>
        !findSecrets(`Here it is: ${key}, please try.`).some(({ kind }) => kind === 'key'),
    );
    expect(keys.length).toBeGreaterThan(500);
    expect(missed).toEqual([]);
  });

  it('marks the whole key and nothing beside it', () => {
    for (const [format, key] of drawKeys(5)) {
      const [marked = ''] = found(`use ${key} for this`);
      expect([format, key.endsWith(marked)]).toEqual([format, true]);
    }
  });

  it('hears nineteen of twenty passwords that are told in a sentence, and marks just them', () => {
    const missed = told
      .filter(([text, secret]) => !found(text).includes(secret))
      .map(([text]) => ({ text, found: found(text) }));
    expect({ missed, rate: missed.length / told.length <= 0.05 }).toEqual({ missed, rate: true });
  });

  it('names each secret of a text once, in order', () => {
    const text = 'password: hunter2 and https://anna:Blue7Fish@shop.example, pw: letmein';
    expect(found(text)).toEqual(['hunter2', 'Blue7Fish', 'letmein']);
  });

  /** A pattern that backtracks would take hours, and the time of the test would be up. */
  it('reads ten thousand hostile characters in linear time', () => {
    for (const part of [
      'password ',
      'password: ',
      'a://a:',
      '-----BEGIN PRIVATE KEY',
      'eyJ'.repeat(9),
      'pass is "',
      'password for x ',
    ])
      expect(findSecrets(part.repeat(Math.ceil(10_000 / part.length)))).toBeInstanceOf(Array);
  });
});

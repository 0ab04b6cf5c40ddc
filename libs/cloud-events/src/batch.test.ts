import { describe, expect, it } from '@jest/globals';
import { isBatch, membersOf } from './batch.js';
import { InvalidEventError } from './invalid-event-error.js';

const members = (text: string) =>
  membersOf({
    contentType: 'application/cloudevents-batch+json',
    contentEncoding: undefined,
    headers: {},
    body: Buffer.from(text),
  }).map(String);

describe('a batch', () => {
  it('is told by its content type, in any case', () => {
    const types = [
      'application/cloudevents-batch+json',
      'Application/CloudEvents-Batch+JSON;charset=utf-8',
      'application/cloudevents+json',
      undefined,
      7,
    ];
    expect(types.map(isBatch)).toEqual([true, true, false, false, false]);
  });

  it('is taken apart into its events as they were written, to the last digit', () => {
    const written = [
      '{"id":"a","n":9007199254740993}',
      '{ "text" : "],[ {\\"}, \\\\", "list":[1,[2,{}],{"a":[]}]}',
      '"\\\\"',
      '[ ]',
      '-1.50e+1',
      'null',
      '{}',
    ];
    expect(members(` [\n${written.join(' ,\t')} ] `)).toEqual(written);
    expect(members(`\ufeff[${written[0]}]`)).toEqual([written[0]]);
  });

  it('may have no events', () => {
    expect(members('[]')).toEqual([]);
    expect(members(' [ \n ] ')).toEqual([]);
  });

  it('may be as long as a message may, whatever it is made of', () => {
    const long = [`"${'\\"'.repeat(400_000)}"`, `"${'x'.repeat(200_000)}"`];
    expect(members(`[${long.join()}]`)).toEqual(long);
    const deep = '['.repeat(20_000) + ']'.repeat(20_000);
    expect(members(`[${deep},{}]`)).toEqual([deep, '{}']);
  });

  it.each([
    [
      '{"specversion":"1.0"}',
      'a batch that is no list; publish a single event as application/cloudevents+json',
    ],
    ['[{]', 'not JSON in UTF-8'],
    [`[${Array(1001).fill(0).join()}]`, 'a batch of more than 1000 events; publish several'],
  ])('is refused with the remedy', (text, reason) => {
    expect(() => members(text)).toThrow(new InvalidEventError(reason));
  });
});

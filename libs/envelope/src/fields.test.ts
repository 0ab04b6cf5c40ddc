import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeFields, encodeFields } from './fields.js';
import { OpenError } from './open-error.js';

/** Every string there is: any UTF-16 units, so lone surrogates too. */
const anyString = fc
  .array(fc.nat(0xffff), { maxLength: 40 })
  .map((units) => String.fromCharCode(...units));
const text = fc.oneof(
  anyString,
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('', '\ufeff', '\0', '__proto__', '\ud800', 'a\udc00'),
);
const record = fc.dictionary(text, fc.option(text), { noNullPrototype: true });

const texts = (count: number, ...parts: (number[] | string)[]): Buffer =>
  Buffer.concat([Buffer.of(0, 0, 0, count), ...parts.map((part) => Buffer.from(part as number[]))]);
const name = [1, 0, 0, 0, 1, 97];

describe('fields', () => {
  it('come back exactly, every string and null, whatever their names', () => {
    fc.assert(
      fc.property(record, (fields) => {
        expect(Object.entries(decodeFields(encodeFields(fields)))).toEqual(Object.entries(fields));
      }),
      { numRuns: 500 },
    );
  });

  it('may be named like what every object inherits', () => {
    const fields = decodeFields(encodeFields(Object.fromEntries([['__proto__', 'x']])));
    expect(Object.keys(fields)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(fields)).toBe(Object.prototype);
  });

  it('are refused cut anywhere or with a byte too many', () => {
    const encoded = encodeFields({ username: 'ada', password: '\ud800', link: null });
    for (let length = 0; length < encoded.length; length++)
      expect(() => decodeFields(encoded.subarray(0, length))).toThrow(OpenError);
    expect(() => decodeFields(Buffer.concat([encoded, Buffer.of(0)]))).toThrow(OpenError);
  });

  it('are refused in any encoding that the encoder would not have chosen', () => {
    expect(decodeFields(texts(1, name, [0]))).toEqual({ a: null });
    expect(() => decodeFields(texts(1, [0], [0]))).toThrow(OpenError);
    expect(() => decodeFields(texts(2, name, [0], name, [0]))).toThrow(OpenError);
    expect(() => decodeFields(texts(1, name, [3, 0, 0, 0, 2, 0, 0xd8]))).toThrow(OpenError);
    expect(() => decodeFields(texts(1, name, [1, 0, 0, 0, 1, 0xff]))).toThrow(OpenError);
    expect(() => decodeFields(texts(1, name, [2, 0, 0, 0, 2, 97, 0]))).toThrow(OpenError);
    expect(() => decodeFields(texts(1, name, [2, 0, 0, 0, 3, 0, 0xd8, 0]))).toThrow(OpenError);
    expect(() => decodeFields(texts(1, name, [1, 0xff, 0xff, 0xff, 0xff]))).toThrow(OpenError);
  });

  it('are encoded into memory of their own, that no pool will hand to somebody else', () => {
    const encoded = encodeFields({ username: 'ada' });
    expect(encoded.buffer.byteLength).toBe(encoded.length);
  });

  it('are either decoded or refused with the one error, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        try {
          const fields = decodeFields(Buffer.from(bytes));
          expect(decodeFields(encodeFields(fields))).toEqual(fields);
        } catch (error) {
          expect(error).toBeInstanceOf(OpenError);
        }
      }),
    );
  });
});

import { describe, expect, it } from '@jest/globals';
import { IsOptional, IsString } from 'class-validator';
import { decodeBody } from './validate-fields.js';

class Body {
  @IsString()
  name!: string;

  @IsOptional()
  @IsString()
  note?: string | null;
}

describe('a body that is asked before it is found valid', () => {
  it.each([null, [], 'text', 7])('says nothing where it is %j, and is refused later', (body) => {
    const decoded = decodeBody(Body, body);
    expect(Object.entries(decoded.readable).filter(([, value]) => value !== undefined)).toEqual([]);
    expect(() => decoded.requireValid()).toThrow(expect.objectContaining({ code: 'invalid' }));
  });

  it('says what stands in a field of a wrong type, and beside an unknown field', () => {
    const decoded = decodeBody(Body, { name: 7, note: 'n', other: true });
    expect(decoded.readable).toMatchObject({ name: 7, note: 'n' });
    expect(decoded.readable).not.toHaveProperty('other');
    expect(() => decoded.requireValid()).toThrow(expect.objectContaining({ code: 'invalid' }));
  });

  it('says null of an optional field with an empty text, and of a required one the text', () => {
    expect(decodeBody(Body, { name: '', note: '' }).readable).toMatchObject({
      name: '',
      note: null,
    });
  });
});

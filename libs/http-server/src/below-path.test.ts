import { describe, expect, it } from '@jest/globals';
import { withoutPath } from './below-path.js';

describe('withoutPath', () => {
  const read = (url: string) => withoutPath('/creds')({ url });

  it('takes the path off, once', () => {
    expect(
      ['/creds/v1/tickets?limit=1', '/creds/', '/creds', '/creds?x=/creds/', '/creds/creds/a'].map(
        read,
      ),
    ).toEqual(['/v1/tickets?limit=1', '/', '/', '/?x=/creds/', '/creds/a']);
  });

  it('leaves every other path alone', () => {
    for (const url of [
      '/',
      '/v1/tickets',
      '/credsx/v1',
      '/a/creds/v1',
      '/Creds/v1',
      '*',
      '//creds/v1',
    ])
      expect(read(url)).toBe(url);
  });
});

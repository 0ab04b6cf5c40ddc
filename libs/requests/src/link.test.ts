import { describe, expect, it } from '@jest/globals';
import { linkFault } from './link.js';

const sound = [
  'https://shop.example',
  'http://shop.example:8080/admin?x=1#part',
  'HTTPS://SHOP.EXAMPLE/',
  'https://[2001:db8::1]/x',
  'https://bücher.example/ü',
  'https://аpple.com/',
  'https://a.example/%E2%80%AEmoc',
  'https://مثال.example/مسار',
  'https://shop.example/a@b',
  'https://shop.example/?to=a@b',
  'https://shop.example#a@b',
  `https://shop.example/${'x'.repeat(2048 - 21)}`,
  `https://shop.example/${'🔑'.repeat(2048 - 21)}`,
];

const faulty: readonly unknown[] = [
  '',
  'shop.example',
  '//shop.example',
  'https://',
  'https:///path',
  'https:shop.example',
  'ftp://shop.example',
  'javascript:alert(1)',
  'data:text/html,x',
  'file:///etc/passwd',
  ' https://shop.example',
  'https://user@shop.example',
  'https://user:password@shop.example',
  'https://@shop.example',
  'https://shop.example\\@evil.example',
  'https://evil.example\\.shop.example@other.example/',
  'https://shop.example/\n',
  'https://shop.exa\tmple',
  'https://shop.example/\u0000',
  'https://shop.example/\u007f',
  'https://shop.example/\u009f',
  'java\nscript:alert(1)',
  'https://a.example/\u202emoc.knab//:sptth',
  'https://a.example/\u2067x',
  'https://a\u00adpple.example',
  'https://a\u200bpple.example',
  'https://shop.example/\ufeff',
  'https://shop.example/\u2028x',
  'https://shop.example/\u{e0020}',
  `https://shop.example/${'x'.repeat(2048 - 20)}`,
  42,
  {},
  ['https://shop.example'],
];

describe('linkFault', () => {
  it.each(sound)('accepts %j', (link) => {
    expect(linkFault(link)).toBeUndefined();
  });

  it.each(faulty.map((link) => ({ link })))('refuses $link, without repeating it', ({ link }) => {
    const fault = linkFault(link);
    expect(fault).toMatch(/^must /);
    if (typeof link === 'string' && link.length > 4) expect(fault).not.toContain(link);
  });
});

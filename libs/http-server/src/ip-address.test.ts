import { describe, expect, it } from '@jest/globals';
import { networkOf, plainAddress } from './ip-address.js';

describe('plainAddress', () => {
  it.each([
    ['203.0.113.60', '203.0.113.60'],
    ['203.0.113.60:50001', '203.0.113.60'],
    ['"203.0.113.60:50001"', '203.0.113.60'],
    ['2001:db8::1', '2001:db8::1'],
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['[2001:db8::1]:443', '2001:db8::1'],
    ['"[2001:db8::1]:443"', '2001:db8::1'],
    ['[::ffff:203.0.113.60]:443', '203.0.113.60'],
    ['::ffff:203.0.113.60', '203.0.113.60'],
    ['::ffff:cb00:713c', '203.0.113.60'],
    ['0:0:0:0:0:FFFF:203.0.113.60', '203.0.113.60'],
    ['fe80::1%eth0', 'fe80::1'],
  ])('writes %s as %s', (written, plain) => {
    expect(plainAddress(written)).toBe(plain);
  });

  it.each([
    '',
    'unknown',
    '_hidden',
    '50001',
    '0x7f.1',
    '127.1',
    '203.0.113.256',
    '203.0.113.60:',
    '[2001:db8::1',
    '203.0.113.60:x',
    ':::1',
  ])('finds no address in %s', (written) => {
    expect(plainAddress(written)).toBeUndefined();
  });
});

it('the address of a connection that is gone is unknown', () => {
  expect(plainAddress(undefined)).toBeUndefined();
});

describe('networkOf', () => {
  it('is the address for IPv4, and its first 64 bits for IPv6', () => {
    expect(networkOf('203.0.113.60')).toBe('203.0.113.60');
    const same = ['2001:db8::1', '2001:db8:0:0:ffff::2', '2001:db8::ffff:ffff:ffff:ffff'];
    expect(new Set(same.map(networkOf))).toEqual(new Set(['2001:db8::']));
    expect(networkOf('2001:db8:0:1::1')).toBe('2001:db8:0:1::');
    expect(networkOf('::1')).toBe('::');
  });
});

import { describe, expect, it } from '@jest/globals';
import { ConfigError, readEnvironment } from '#config';
import { readTrustedProxies, type TrustedProxies, trustProxy } from './trusted-proxies.js';

const read = (told: string) => readEnvironment({ TRUST_PROXY: told }, readTrustedProxies);

describe('TRUST_PROXY', () => {
  it.each<[string, TrustedProxies]>([
    ['false', false],
    ['2', 2],
    ['10.0.0.7, loopback', ['10.0.0.7', 'loopback']],
    ['10.0.0.0/8,192.0.2.7/32', ['10.0.0.0/8', '192.0.2.7/32']],
    [
      '2001:db8::/16,::1/128,fc00::/7,fe80::/10',
      ['2001:db8::/16', '::1/128', 'fc00::/7', 'fe80::/10'],
    ],
    ['::ffff:10.0.0.7', ['::ffff:10.0.0.7']],
  ])('may be %s, and can be applied', (told, proxies) => {
    expect(read(told)).toEqual(proxies);
    expect(() => trustProxy(proxies)).not.toThrow();
  });

  it.each([
    ['true', 'every address'],
    ['0.0.0.0/0', 'every address'],
    ['0.0.0.0/1,128.0.0.0/1', 'two halves of all addresses'],
    ['10.0.0.0/7', 'a network larger than any of one owner'],
    ['2000::/3', 'every address of the internet'],
    ['2000::/15', 'a network larger than any of one owner'],
    ['::ffff:0:0/96', 'every address of IPv4'],
    ['0:0:0:0:0:FFFF:0.0.0.0/97', 'half of them'],
    ['::ffff:10.0.0.0/104', 'a network of IPv4 that is not written as one'],
    ['10.0.0.0/8/8', 'no network'],
    ['10.0.0.0/33', 'no network'],
    ['10.0.0.0/', 'no network'],
    ['proxy.example', 'a name'],
    ['10.0.0.7,true', 'one address and every address'],
  ])('is refused as %s, which is %s, with the remedy', (told) => {
    expect(() => read(told)).toThrow(ConfigError);
    expect(() => read(told)).toThrow('their addresses, networks (10.0.0.0/8)');
  });
});

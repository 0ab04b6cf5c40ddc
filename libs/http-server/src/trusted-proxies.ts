import { isIP } from 'node:net';
import { compile } from '@fastify/proxy-addr';
import ipaddr from 'ipaddr.js';
import { type EnvironmentReader } from '#config';
import { plainAddress } from './ip-address.js';

/**
 * Which proxies are trusted to write `X-Forwarded-For`: none, that many in front, or
 * those with these addresses.
 */
export type TrustedProxies = false | number | readonly string[];

const networkNames = ['loopback', 'linklocal', 'uniquelocal'];

/**
 * The shortest prefix of a network that may be trusted: a few shorter ones together are
 * all addresses, and so as good as `true`.
 */
const shortestPrefix = { ipv4: 8, ipv6: 16 };
const longestPrefix = { ipv4: 32, ipv6: 128 };
/**
 * These have shorter ones, and no address that a client could come from by the internet.
 */
const localNetworks = ['fe80::/10', 'fc00::/7'];

/**
 * `true` would believe whatever a client writes, as would
 * networks that hold every client.
 */
const fault =
  'must be false, the number of proxies in front (1), or their addresses, ' +
  `networks (10.0.0.0/8) and ${networkNames.join(', ')}; ` +
  'true would let every client choose its address, as would networks larger than /8 ' +
  '(IPv6: /16), and those of IPv4 are to be written as IPv4, not as ::ffff:10.0.0.0/104';

/** Reads `TRUST_PROXY`. */
export function readTrustedProxies(read: EnvironmentReader): TrustedProxies {
  const proxies = read.list('TRUST_PROXY', { default: ['false'] });
  const [only = ''] = proxies;
  if (proxies.length === 1 && only === 'false') return false;
  if (proxies.length === 1 && /^[1-9]\d?$/.test(only)) return Number(only);
  return proxies.length > 0 && proxies.every(isNetwork)
    ? proxies
    : read.fault('TRUST_PROXY', fault, false);
}

function isNetwork(text: string): boolean {
  const [address = '', prefix, ...more] = text.split('/');
  if (isIP(address) === 0) return networkNames.includes(text);
  return (
    prefix === undefined ||
    localNetworks.includes(text) ||
    (more.length === 0 && isNarrow(address, prefix))
  );
}

function isNarrow(address: string, prefix: string): boolean {
  const network = ipaddr.parse(address);
  const kind = network.kind();
  if (
    !/^[1-9]\d{0,2}$/.test(prefix) ||
    (network instanceof ipaddr.IPv6 && network.isIPv4MappedAddress())
  )
    return false;
  return Number(prefix) >= shortestPrefix[kind] && Number(prefix) <= longestPrefix[kind];
}

/**
 * Fastify's `trustProxy`. The nearest proxy is hop 0; what it wrote may have a
 * port, and is compared without.
 */
export function trustProxy(
  trusted: TrustedProxies,
): false | ((address: string, hop: number) => boolean) {
  if (trusted === false) return false;
  if (typeof trusted === 'number') return (_address, hop) => hop < trusted;
  const isTrusted = compile([...trusted]);
  return (address, hop) => isTrusted(plainAddress(address) ?? '', hop);
}

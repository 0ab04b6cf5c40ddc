import { isIP } from 'node:net';
import { compile } from '@fastify/proxy-addr';
import { type EnvironmentReader } from '#config';
import { plainAddress } from './ip-address.js';

/** Whose `X-Forwarded-For` is believed: nobody's, that of so many proxies in front, or of those with these addresses. */
export type TrustedProxies = false | number | readonly string[];

const networkNames = ['loopback', 'linklocal', 'uniquelocal'];

/** `true` would believe whatever a client writes, as would the network of all addresses. */
const fault = `must be false, the number of proxies in front (1), or their addresses, networks (10.0.0.0/8) and ${networkNames.join(', ')}; true would let every client choose its address`;

/** Reads `TRUST_PROXY`. */
export function readTrustedProxies(read: EnvironmentReader): TrustedProxies {
  const told = read.list('TRUST_PROXY', { default: ['false'] });
  const [only = ''] = told;
  if (told.length === 1 && only === 'false') return false;
  if (told.length === 1 && /^[1-9]\d?$/.test(only)) return Number(only);
  return told.length > 0 && told.every(isNetwork) ? told : read.fault('TRUST_PROXY', fault, false);
}

function isNetwork(text: string): boolean {
  const [address = '', prefix] = text.split('/');
  const version = isIP(address);
  if (prefix === undefined) return version !== 0 || networkNames.includes(text);
  return version !== 0 && /^[1-9]\d{0,2}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128);
}

/** Fastify's `trustProxy`. The nearest proxy is hop 0; what it wrote may have a port, and is compared without. */
export function trustProxy(trusted: TrustedProxies): false | ((address: string, hop: number) => boolean) {
  if (trusted === false) return false;
  if (typeof trusted === 'number') return (_address, hop) => hop < trusted;
  const isTrusted = compile([...trusted]);
  return (address, hop) => isTrusted(plainAddress(address) ?? '', hop);
}

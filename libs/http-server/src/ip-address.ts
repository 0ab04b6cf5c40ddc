import { isIP, isIPv4 } from 'node:net';
import ipaddr from 'ipaddr.js';

const quoted = /^"(.*)"$/;
const bracketed = /^\[([^\]]*)\](?::\d+)?$/;
const withPort = /^([\d.]+):\d+$/;

/**
 * The address alone, in the one spelling of its kind (RFC 5952), of what stands in
 * `X-Forwarded-For`: some write a port behind it (Azure's Application Gateway), brackets
 * around that of IPv6, or quotes, as `Forwarded` has them (RFC 7239). IPv4 in IPv6
 * (`::ffff:203.0.113.1`) is IPv4; a zone means something to one machine only.
 * @param written undefined is what Node says of a connection that is gone
 * @returns undefined where it is no address: `unknown`, an obfuscated name
 */
export function plainAddress(written = ''): string | undefined {
  // Most are, and there is one way to write it.
  if (isIPv4(written)) return written;
  const text = quoted.exec(written)?.[1] ?? written;
  const address = (bracketed.exec(text)?.[1] ?? withPort.exec(text)?.[1] ?? text).replace(
    /%.*$/,
    '',
  );
  return isIP(address) === 0 ? undefined : ipaddr.process(address).toString();
}

/**
 * What one client has, for limits: its IPv4 address, or the network of 64 bits that is
 * the least an IPv6 client gets.
 */
export function networkOf(address: string): string {
  if (isIP(address) !== 6) return address;
  return ipaddr.IPv6.networkAddressFromCIDR(`${address}/64`).toString();
}

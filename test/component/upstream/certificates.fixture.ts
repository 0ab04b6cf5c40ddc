import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/**
 * Just enough DER (X.690) and X.509 (RFC 5280) to make a certificate authority and the
 * certificates of two services.
 */
const tlv = (tag: number, ...parts: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  const length =
    body.length < 128
      ? Buffer.from([body.length])
      : Buffer.from([0x82, body.length >> 8, body.length & 0xff]);
  return Buffer.concat([Buffer.from([tag]), length, body]);
};
const sequence = (...parts: readonly Buffer[]) => tlv(0x30, ...parts);
const oid = (hex: string) => tlv(0x06, Buffer.from(hex, 'hex'));
const ed25519 = sequence(oid('2b6570'));
const nameOf = (text: string) =>
  sequence(tlv(0x31, sequence(oid('550403'), tlv(0x0c, Buffer.from(text)))));
const time = (offsetDays: number) => {
  const text = new Date(Date.now() + offsetDays * 86_400_000)
    .toISOString()
    .replace(/[-:T]/g, '')
    .slice(0, 14);
  return tlv(0x18, Buffer.from(`${text}Z`));
};
const extension = (hex: string, value: Buffer) => sequence(oid(hex), tlv(0x04, value));
const isAuthority = extension('551d13', sequence(tlv(0x01, Buffer.from([0xff]))));
/** Subject alternative name: the address 127.0.0.1. */
const loopback = extension('551d11', sequence(tlv(0x87, Buffer.from([127, 0, 0, 1]))));

export interface Certificate {
  readonly name: string;
  readonly cert: Buffer;
  readonly key: Buffer;
  readonly privateKey: KeyObject;
}

/**
 * @param issuer undefined makes a certificate authority that signs itself
 * @param valid in days from now
 */
export function certificate(
  name: string,
  issuer?: Certificate,
  valid = { from: -1, to: 1 },
): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const facts = sequence(
    tlv(0xa0, tlv(0x02, Buffer.from([2]))),
    tlv(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ed25519,
    nameOf(issuer?.name ?? name),
    sequence(time(valid.from), time(valid.to)),
    nameOf(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    tlv(0xa3, sequence(issuer === undefined ? isAuthority : loopback)),
  );
  const signature = sign(null, facts, issuer?.privateKey ?? privateKey);
  const der = sequence(facts, ed25519, tlv(0x03, Buffer.from([0]), signature));
  const lines = der.toString('base64').replace(/(.{64})/g, '$1\n');
  const pem = `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
  return {
    name,
    cert: Buffer.from(pem),
    key: Buffer.from(privateKey.export({ type: 'pkcs8', format: 'pem' })),
    privateKey,
  };
}

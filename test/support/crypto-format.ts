import { createDecipheriv, createHmac, timingSafeEqual } from 'node:crypto';

/**
 * A second implementation of docs/crypto-format.md, written from that page alone. It must
 * not import our code: then it proves that the page says everything.
 */
const u32 = (value: number): Buffer =>
  Buffer.from([value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]);
const u64 = (value: number): Buffer =>
  Buffer.concat([u32(Math.floor(value / 2 ** 32)), u32(value % 2 ** 32)]);
const item = (text: string): Buffer =>
  Buffer.concat([u32(Buffer.from(text).length), Buffer.from(text)]);
const list = (texts: readonly string[]): Buffer =>
  Buffer.concat([u32(texts.length), ...texts.map(item)]);
const binding = (purpose: string, rest: Buffer): Buffer =>
  Buffer.concat([Buffer.of(1), item(`private-credentials/${purpose}`), rest]);
const none = Buffer.alloc(0);

/** Only the first block: no caller needs more. */
function hkdf(secret: Buffer, salt: Buffer, info: Buffer, length: number): Buffer {
  const pseudorandom = createHmac('sha512', salt.length === 0 ? Buffer.alloc(64) : salt)
    .update(secret)
    .digest();
  return createHmac('sha512', pseudorandom)
    .update(info)
    .update(Buffer.of(1))
    .digest()
    .subarray(0, length);
}

function gcm(key: Buffer, nonce: Buffer, associated: Buffer, sealed: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: 16 });
  decipher.setAAD(associated).setAuthTag(sealed.subarray(-16));
  return Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
}

function requireThat(holds: boolean): void {
  if (!holds) throw new Error('does not open');
}

/** "Key record". @returns the key */
export function readKeyRecord(kekId: string, record: Buffer): Buffer {
  requireThat(record.length === 49 && record[0] === 1);
  const key = record.subarray(1, 33);
  requireThat(hkdf(key, none, binding('key-file', item(kekId)), 16).equals(record.subarray(33)));
  return key;
}

/** Wrapping key and commitment. */
export const wrappingKeys = (kek: Buffer, wrapped: Buffer, context: readonly string[]): Buffer =>
  hkdf(kek, wrapped.subarray(1, 33), binding('wrap', list(context)), 64);

/** "Wrapped data key". @param context ticket id, credential id, KEK id */
export function unwrap(kek: Buffer, wrapped: Buffer, context: readonly string[]): Buffer {
  requireThat(wrapped.length === 125 && wrapped[0] === 1);
  const derived = wrappingKeys(kek, wrapped, context);
  requireThat(timingSafeEqual(derived.subarray(32), wrapped.subarray(33, 65)));
  return gcm(
    derived.subarray(0, 32),
    wrapped.subarray(65, 77),
    binding('wrap', list(context)),
    wrapped.subarray(77),
  );
}

export const partKey = (dataKey: Buffer, part: string): Buffer =>
  hkdf(dataKey, none, binding('part', item(part)), 32);

export interface Part {
  /** Ticket id, credential id. */
  readonly context: readonly string[];
  readonly part: 'core' | 'note';
  readonly version: number;
}

/** "Sealed part". @returns the plaintext, without its padding */
export function openPart(
  dataKey: Buffer,
  { context, part, version }: Part,
  sealed: Buffer,
): Buffer {
  requireThat(sealed.length >= 93 && (sealed.length - 29) % 64 === 0 && sealed[0] === 1);
  const associated = binding('part', Buffer.concat([list(context), item(part), u64(version)]));
  const padded = gcm(
    partKey(dataKey, part),
    sealed.subarray(1, 13),
    associated,
    sealed.subarray(13),
  );
  const end = padded.lastIndexOf(0x80);
  requireThat(end >= padded.length - 64 && padded.subarray(end + 1).every((byte) => byte === 0));
  return padded.subarray(0, end);
}

/** "Fields". */
export function readFields(bytes: Buffer): Record<string, string | null> {
  const texts: (string | null)[] = [];
  let offset = 4;
  while (texts.length < 2 * bytes.readUInt32BE(0)) {
    const flag = bytes[offset++];
    const length = flag === 0 ? 0 : bytes.readUInt32BE(offset);
    offset += flag === 0 ? 0 : 4;
    requireThat(flag !== undefined && flag <= 2 && offset + length <= bytes.length);
    texts.push(
      flag === 0 ? null : bytes.toString(flag === 1 ? 'utf8' : 'utf16le', offset, offset + length),
    );
    offset += length;
  }
  requireThat(offset === bytes.length);
  return Object.fromEntries(
    texts.flatMap((text, at) => (at % 2 === 0 ? [[text, texts[at + 1] ?? null]] : [])) as [
      string,
      string | null,
    ][],
  );
}

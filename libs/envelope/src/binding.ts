/**
 * Version of the binary format, the first byte of everything sealed or wrapped;
 * see docs/crypto-format.md.
 */
export const formatVersion = 1;

/** A string behind its length: what precedes and follows cannot be shifted into it. */
export function item(text: string): Buffer {
  // UTF-8 would turn every lone surrogate into U+FFFD, and two
  // different names would bind alike.
  if (!text.isWellFormed())
    throw new TypeError('A context or part name must be well-formed Unicode.');
  const bytes = Buffer.from(text, 'utf8');
  return Buffer.concat([uint32(bytes.length), bytes]);
}

/** Strings behind their number, so that a list cannot run on into what follows it. */
export const list = (texts: readonly string[]): Buffer =>
  Buffer.concat([uint32(texts.length), ...texts.map(item)]);

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

export function uint64(value: number): Buffer {
  if (!Number.isSafeInteger(value) || value < 0)
    throw new TypeError('A part version must be a whole number from 0 on.');
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}

/**
 * What a ciphertext is tied to: the format, the purpose, then whatever the purpose adds.
 */
export function binding(purpose: 'wrap' | 'part' | 'key-file', ...rest: Buffer[]): Buffer {
  return Buffer.concat([Buffer.of(formatVersion), item(`private-credentials/${purpose}`), ...rest]);
}

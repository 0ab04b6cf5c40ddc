import { isUtf8 } from 'node:buffer';
import { OpenError } from './open-error.js';
import { allocateSecret } from './secret-bytes.js';

/**
 * How a text stands in the bytes. UTF-16LE is for what UTF-8 cannot carry:
 * strings with lone surrogates.
 */
const flags = { absent: 0, utf8: 1, utf16: 2 } as const;
const flagLength = 1;
const countLength = 4;

const encodingOf = (text: string): 'utf8' | 'utf16le' => (text.isWellFormed() ? 'utf8' : 'utf16le');
const lengthOf = (text: string | null): number =>
  text === null ? flagLength : flagLength + countLength + Buffer.byteLength(text, encodingOf(text));

/**
 * Every string comes back exactly as it was, lone surrogates included, and null stays
 * null. The caller wipes the result.
 */
export function encodeFields(fields: Readonly<Record<string, string | null>>): Buffer {
  const entries = Object.entries(fields);
  const texts = entries.flat();
  const bytes = allocateSecret(
    countLength + texts.reduce((sum: number, text) => sum + lengthOf(text), 0),
  );
  let offset = bytes.writeUInt32BE(entries.length);
  for (const text of texts) offset = writeText(bytes, offset, text);
  return bytes;
}

function writeText(bytes: Buffer, offset: number, text: string | null): number {
  if (text === null) return bytes.writeUInt8(flags.absent, offset);
  const encoding = encodingOf(text);
  const lengthAt = bytes.writeUInt8(encoding === 'utf8' ? flags.utf8 : flags.utf16, offset);
  const textAt = bytes.writeUInt32BE(Buffer.byteLength(text, encoding), lengthAt);
  return textAt + bytes.write(text, textAt, encoding);
}

/**
 * A record has exactly one encoding for an order of its fields; any other is refused. The
 * caller wipes the bytes that it passed.
 *
 * @throws OpenError
 */
export function decodeFields(plaintext: Buffer): Record<string, string | null> {
  const reader = new Reader(plaintext);
  const fields = new Map<string, string | null>();
  for (let left = reader.uint32(); left > 0; left--) {
    const name = reader.text();
    if (name === null || fields.has(name)) throw new OpenError();
    fields.set(name, reader.text());
  }
  reader.end();
  // Not by assignment: a field named __proto__ must be a field.
  return Object.fromEntries(fields);
}

/** Reads forward, and never past the end. */
class Reader {
  private offset = 0;

  constructor(private readonly bytes: Buffer) {}

  text(): string | null {
    const flag = this.take(flagLength)[0];
    if (flag === flags.absent) return null;
    const bytes = this.take(this.uint32());
    if (flag === flags.utf8 && isUtf8(bytes)) return bytes.toString('utf8');
    if (flag !== flags.utf16 || bytes.length % 2 !== 0) throw new OpenError();
    const text = bytes.toString('utf16le');
    if (text.isWellFormed()) throw new OpenError();
    return text;
  }

  uint32(): number {
    return this.take(countLength).readUInt32BE();
  }

  end(): void {
    if (this.offset !== this.bytes.length) throw new OpenError();
  }

  private take(length: number): Buffer {
    const end = this.offset + length;
    if (end > this.bytes.length) throw new OpenError();
    const taken = this.bytes.subarray(this.offset, end);
    this.offset = end;
    return taken;
  }
}

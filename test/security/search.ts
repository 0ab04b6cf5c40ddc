import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

export interface Find {
  /** Below the folder that was searched. */
  readonly file: string;
  readonly encoding: string;
}

/**
 * A file that is being written may be gone when it is read; one that is there and cannot
 * be read may hold anything.
 */
function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
}

/** A file in which each of a marker's forms is looked for. */
const isIn = (bytes: Buffer, forms: ReadonlyMap<string, Buffer>): string[] =>
  [...forms].filter(([, form]) => bytes.includes(form)).map(([encoding]) => encoding);

/** Every regular file below `folder`, however deep, searched to its last byte. */
export function search(folder: string, marker: string): Find[] {
  const forms = formsOf(marker);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return files.flatMap((entry) => {
    const file = join(entry.parentPath, entry.name);
    return isIn(bytesOf(file), forms).map((encoding) => ({
      file: relative(folder, file),
      encoding,
    }));
  });
}

/**
 * How a marker may be written down. Base64 depends on where in its three bytes the marker
 * begins, and its first and last character on the neighbours; the middle is what stays.
 * @param marker ASCII, with characters that an URL encodes
 */
export function formsOf(marker: string): ReadonlyMap<string, Buffer> {
  const bytes = Buffer.from(marker, 'ascii');
  const base64 = [0, 1, 2].flatMap((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64');
    const whole = text.slice(shift === 0 ? 0 : 4, Math.floor((shift + bytes.length) / 3) * 4);
    const url = whole.replaceAll('+', '-').replaceAll('/', '_');
    return [
      [`base64, shifted by ${shift}`, whole],
      [`base64url, shifted by ${shift}`, url],
    ] as const;
  });
  const texts = [
    ['raw', marker],
    ['hex', bytes.toString('hex')],
    ['HEX', bytes.toString('hex').toUpperCase()],
    ['URL', encodeURIComponent(marker)],
    ['JSON bytes', [...bytes].join(',')],
    ...base64,
  ] as const;
  const little = Buffer.from(marker, 'utf16le');
  return new Map([
    ...texts.map(([name, text]) => [name, Buffer.from(text, 'ascii')] as const),
    ['UTF-16LE', little],
    ['UTF-16BE', Buffer.from(little).swap16()],
  ]);
}

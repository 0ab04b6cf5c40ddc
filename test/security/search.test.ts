import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { search } from './search.js';

const marker = 'Marker/17+needle=Q';
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'search-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Around it stands what may be around it in a page of a database: anything. */
function plant(bytes: Buffer): string[] {
  const inner = join(folder, 'deep', 'down');
  mkdirSync(inner, { recursive: true });
  writeFileSync(
    join(inner, 'file'),
    Buffer.concat([Buffer.alloc(8191, 'x'), bytes, Buffer.alloc(77, 0xff)]),
  );
  return search(folder, marker).map(({ file, encoding }) => `${file} ${encoding}`);
}

describe('the search', () => {
  it.each([
    ['raw', Buffer.from(marker)],
    ['hex', Buffer.from(Buffer.from(marker).toString('hex'))],
    ['HEX', Buffer.from(Buffer.from(marker).toString('hex').toUpperCase())],
    ['URL', Buffer.from(encodeURIComponent(marker))],
    ['UTF-16LE', Buffer.from(marker, 'utf16le')],
    ['UTF-16BE', Buffer.from(marker, 'utf16le').swap16()],
    ['JSON bytes', Buffer.from(JSON.stringify(Buffer.from(marker)))],
  ])('finds a marker that is written down in %s', (encoding, bytes) => {
    expect(plant(bytes)).toContain(`deep/down/file ${encoding}`);
  });

  it.each([0, 1, 2, 3, 4, 5])('finds it in base64 behind %i other bytes', (before) => {
    for (const encoding of ['base64', 'base64url'] as const) {
      const text = Buffer.concat([
        Buffer.alloc(before, 0xfb),
        Buffer.from(`${marker}~~~`),
      ]).toString(encoding);
      expect(plant(Buffer.from(text)).join()).toContain(`${encoding}, shifted by ${before % 3}`);
    }
  });

  it('finds nothing where there is nothing', () => {
    expect(plant(Buffer.from(marker.slice(1)))).toEqual([]);
  });
});

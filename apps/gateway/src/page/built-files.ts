import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';

/** Where the build puts the page: beside the gateway's own code. */
export const builtPage = fileURLToPath(new URL('../../../web', import.meta.url));

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
  '.ts': 'text/plain; charset=utf-8',
};

const compressors = { br: promisify(brotliCompress), gzip: promisify(gzip) };
/** Content codings in the order of our preference. */
const codings = ['br', 'gzip'] as const;
type Coding = (typeof codings)[number];

/**
 * One file of the page, held in memory: only files that existed at the start are served.
 */
export class BuiltFile {
  readonly type: string;
  /** Of its content, as it stands in its entity tag. */
  readonly hash: string;
  private readonly compressed = new Map<Coding, Promise<Buffer>>();

  constructor(
    /** As in a URL: `/assets/page-1a2b3c4d.js`. */
    readonly path: string,
    readonly bytes: Buffer,
  ) {
    this.type = types[extname(path)] ?? 'application/octet-stream';
    this.hash = createHash('sha256').update(bytes).digest('base64url').slice(0, 22);
  }

  /** Weak, since it is the same for every coding. */
  get etag(): string {
    return `W/"${this.hash}"`;
  }

  /** Compressed at the first request for it, and kept. */
  in(coding: Coding): Promise<Buffer> {
    const known = this.compressed.get(coding) ?? compressors[coding](this.bytes);
    this.compressed.set(coding, known);
    return known;
  }
}

/**
 * @param publicPath below which the page is: it has several places, so that the addresses
 *   in it cannot be relative to them
 * @returns nothing where the page was not built
 */
export function readBuiltFiles(folder: string, publicPath: string): readonly BuiltFile[] {
  if (!existsSync(join(folder, 'index.html'))) return [];
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) =>
      builtFile(file.slice(folder.length).split(sep).join('/'), readFileSync(file), publicPath),
    );
}

const builtFile = (path: string, bytes: Buffer, publicPath: string): BuiltFile =>
  new BuiltFile(
    path,
    path === '/index.html'
      ? Buffer.from(bytes.toString().replaceAll('"./', `"${publicPath}/`))
      : bytes,
  );

/** @param accepted the request's `Accept-Encoding` */
export function chooseCoding(accepted: string | undefined): Coding | undefined {
  const wanted = new Map((accepted ?? '').split(',').map((item) => readItem(item)));
  return codings.find((coding) => (wanted.get(coding) ?? 0) > 0);
}

function readItem(item: string): readonly [string, number] {
  const [name = '', ...parameters] = item.toLowerCase().split(';');
  const quality = parameters
    .map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1])
    .find((value) => value !== undefined);
  return [name.trim(), quality === undefined ? 1 : Number(quality)];
}

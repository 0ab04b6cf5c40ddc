import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

/**
 * Documents that send their reader to files: by links, or by paths from
 * the root of the repository.
 */
const documents = [
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'bench/README.md'],
  ...['docs', 'libs'].flatMap((top) =>
    readdirSync(top, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => `${top}/${name}`),
  ),
];
const threatModel = readFileSync('docs/threat-model.md', 'utf8');

const named = (text: string) =>
  [...text.matchAll(/`((?:apps|bench|docs|libs|test|tools)\/[\w./-]+)`/g)].map(
    ([, path = '']) => path,
  );
/** Where the links of a document lead: a file, and what is named in it. */
const linksOf = (file: string) =>
  [...readFileSync(file, 'utf8').matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)]+))?\)/g)].map(
    ([, path = '', anchor]) => ({ path: path === '' ? file : join(dirname(file), path), anchor }),
  );

/** As GitHub names headings, beside the anchors that a document sets itself. */
const anchorsOf = (file: string) => {
  const text = readFileSync(file, 'utf8');
  const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
  return [...headings, ...[...text.matchAll(/<a id="([^"]+)">/g)].map(([, id = '']) => id)];
};

describe.each(documents)('%s', (file) => {
  it('names files that are there', () => {
    const paths = [...named(readFileSync(file, 'utf8')), ...linksOf(file).map(({ path }) => path)];
    expect(paths.filter((path) => !existsSync(path))).toEqual([]);
  });

  it('links to headings and rules that are there', () => {
    const broken = linksOf(file).filter(
      ({ path, anchor }) => anchor !== undefined && !anchorsOf(path).includes(anchor),
    );
    expect(broken).toEqual([]);
  });
});

/** The requirements of OWASP ASVS 5.0 that the design names as its own. */
const requirements = `
  1.2.1 1.2.2 1.2.4 1.3.6 2.2.1 2.3.1 2.3.3 2.4.1 3.2.2 3.4.1 3.4.2 3.4.3 3.4.4 3.4.5 3.4.6
  3.5.3 4.1.3 4.1.4 7.5.3 8.2.1 8.2.2 8.2.3 8.3.1 8.3.2 8.3.3 9.1.1 9.1.2 9.1.3 9.2.1 9.2.2
  9.2.3 10.3.1 10.3.4 11.1.1 11.2.1 11.2.2 11.2.5 11.3.2 11.3.3 11.3.4 11.5.1 11.7.2 12.3.1
  12.3.5 13.2.1 13.2.2 13.2.3 13.3.1 13.3.2 13.4.2 14.2.1 14.2.2 14.2.6 14.2.7 14.3.2 14.3.3
  15.3.1 15.3.3 15.3.4 15.4.2 16.2.5 16.3.2 16.4.1 16.4.2 16.5.1 16.5.3`
  .trim()
  .split(/\s+/);

describe('the threat model', () => {
  const rows = threatModel.split('\n').filter((line) => /^\| \d+\.\d+\.\d+ /.test(line));

  it('has a row for each requirement, in their order', () => {
    expect(rows.map((row) => row.split('|')[1]?.trim())).toEqual(requirements);
  });

  it('says of each by which test or file it is shown', () => {
    expect(rows.filter((row) => named(row.split('|').at(-2) ?? '').length === 0)).toEqual([]);
  });
});

describe('the map in docs/ARCHITECTURE.md', () => {
  it.each(['apps', 'libs'])('has every folder of %s, and no other', (top) => {
    const map = readFileSync('docs/ARCHITECTURE.md', 'utf8');
    const listed = [...map.matchAll(new RegExp(`^- \`${top}/([a-z-]+)\`: `, 'gm'))].map(
      ([, name]) => name,
    );
    const folders = readdirSync(top, { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    );
    expect(listed.sort()).toEqual(folders.map(({ name }) => name).sort());
  });
});

describe('the decisions in docs/adr', () => {
  const files = readdirSync('docs/adr').filter((name) => /^\d{4}-/.test(name));
  const index = readFileSync('docs/adr/README.md', 'utf8');

  it('are numbered without a hole, and listed in their order', () => {
    expect(files.map((name) => Number(name.slice(0, 4)))).toEqual(files.map((_, at) => at + 1));
    expect([...index.matchAll(/^\d+\. \[.*?\]\((.*?)\)/gm)].map(([, file]) => file)).toEqual(files);
  });

  it.each(files)('%s says its status and since when', (name) => {
    expect(readFileSync(`docs/adr/${name}`, 'utf8')).toMatch(
      /^# .+\n\n(?:Accepted|Replaced by \[.+\]\(.+\)), \d{4}-\d\d-\d\d\.\n/,
    );
  });
});

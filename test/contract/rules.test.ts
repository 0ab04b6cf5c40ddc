import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import {
  credentialActionTypes,
  destructionReasons,
  exchanges,
  roles,
  ticketEventTypes,
  ticketStatuses,
} from '#contracts';
import { faultCodes, problems } from '#problem';

const contract = readFileSync('docs/contract.md', 'utf8');
const rulesPage = readFileSync('docs/rules.md', 'utf8');

const anchorsIn = (text: string) =>
  [...text.matchAll(/<a id="([^"]+)"><\/a>/g)].map(([, id = '']) => id);
/** The rows of docs/rules.md: a rule, and the files that keep it. */
const entries = [
  ...rulesPage.matchAll(/^\| \[([\w-]+)\]\(contract\.md#([\w-]+)\) \| (.*) \|$/gm),
].map(([, rule = '', anchor = '', files = '']) => ({
  rule,
  anchor,
  files: [...files.matchAll(/`([^`]+)`/g)].map(([, file = '']) => file),
}));

/** All that comes after the words, where rules are. */
const [, rules = ''] = contract.split('\n## The promise\n');
/** Calls, exchanges, types and commands: each row of these tables is a rule. */
const tablesOfRules = rules
  .split('\n\n')
  .filter((block) => block.startsWith('<!-- prettier-ignore -->') && block.includes('<a id='));

describe('docs/contract.md', () => {
  it('gives each rule a line and an anchor of its own', () => {
    const items = rules.split('\n').filter((line) => line.startsWith('- '));
    const rows = tablesOfRules.flatMap((table) => table.split('\n').slice(3));
    const lines = [...items, ...rows.filter((row) => row !== '')];
    expect(lines.length).toBeGreaterThan(200);
    expect(lines.filter((line) => !/^[-|] <a id="[a-z0-9-]+"><\/a>\S/.test(line))).toEqual([]);
    expect(anchorsIn(contract)).toHaveLength(new Set(anchorsIn(contract)).size);
    expect(anchorsIn(contract)).toHaveLength(lines.length);
  });

  it.each([
    ['code of a faulty field', faultCodes],
    ['role', roles],
    ['status', ticketStatuses],
    ['exchange', Object.values(exchanges)],
    ['type of an event', [...ticketEventTypes, ...credentialActionTypes]],
    ['reason of a destruction', destructionReasons],
  ])('names every %s', (_what, words) => {
    expect(words.filter((word) => !contract.includes(`\`${word}\``))).toEqual([]);
  });

  it('gives each code of a problem the status that it has', () => {
    const statuses = Object.fromEntries(
      [...contract.matchAll(/^\| ((?:`[a-z-]+` ?)+) \| (\d{3}) \|$/gm)].flatMap(
        ([, codes = '', status]) =>
          [...codes.matchAll(/`([a-z-]+)`/g)].map(([, code = '']) => [code, Number(status)]),
      ),
    );
    expect(statuses).toEqual(
      Object.fromEntries(Object.entries(problems).map(([code, [status]]) => [code, status])),
    );
  });
});

describe('docs/rules.md', () => {
  it('has an entry for each rule of the contract, in its order, and no other', () => {
    expect(entries.map(({ rule }) => rule)).toEqual(anchorsIn(contract));
    expect(entries.filter(({ rule, anchor }) => rule !== anchor)).toEqual([]);
  });

  it.each(entries)('names files for $rule that are there', ({ files }) => {
    expect(files.length).toBeGreaterThan(0);
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
  });
});

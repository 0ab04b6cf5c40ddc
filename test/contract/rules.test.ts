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

/** The rows of those tables whose first cells match: a rule, and the cells. */
const rowsOf = (first: RegExp) =>
  tablesOfRules
    .flatMap((table) => [...table.matchAll(/^\| <a id="([^"]+)"><\/a>(.*) \|$/gm)])
    .map(([, rule = '', cells = '']) => ({ rule, cells }))
    .filter(({ cells }) => first.test(cells));
const calls = rowsOf(/^`(GET|POST|PATCH|DELETE) \//);
const verbs = rowsOf(/^`[a-z-]+` \| `[a-z-]+/);
const filesOf = (rule: string) => entries.find((entry) => entry.rule === rule)?.files ?? [];

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

  it.each(calls)('names for the call $rule what does it, then its controller', ({ rule }) => {
    const [first, second] = filesOf(rule);
    expect(first).not.toMatch(/\.controller\.ts$/);
    expect(second).toMatch(/\.controller\.ts$/);
  });

  it.each(calls.filter(({ cells }) => cells.includes('{id}')))(
    'names for the call $rule, about one ticket, who may',
    ({ rule }) => {
      expect(filesOf(rule)).toContain('libs/access/src/who-may-act.ts');
    },
  );

  it.each(calls.filter(({ cells }) => / `\{\w+\??(, \w+\??)*\}`/.test(cells)))(
    'names for the call $rule the shape of its body',
    ({ rule }) => {
      expect(filesOf(rule)).toContain('libs/requests/src/bodies.ts');
    },
  );

  it.each(verbs)('names for the command $rule its verb first', ({ rule }) => {
    expect(filesOf(rule)[0]).toMatch(/\.verbs\.ts$/);
  });

  it('knows the calls and the commands of the contract by their tables', () => {
    expect(calls.length).toBeGreaterThan(15);
    expect(verbs.length).toBeGreaterThan(15);
  });
});

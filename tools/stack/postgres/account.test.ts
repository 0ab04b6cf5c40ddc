import { afterAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findAccount } from './account.js';

const isRoot = process.getuid?.() === 0;

describe('the user whom PostgreSQL runs as', () => {
  const closed = mkdtempSync(join(tmpdir(), 'closed-'));
  const [folder, program] = [join(closed, 'postgres'), join(closed, 'program')];
  mkdirSync(folder);
  copyFileSync(realpathSync('/bin/true'), program);

  afterAll(() => {
    rmSync(closed, { recursive: true, force: true });
  });

  const asRoot = (title: string, test: () => void): void => {
    if (isRoot) it(title, test);
  };
  const asOrdinaryUser = (title: string, test: () => void): void => {
    if (!isRoot) it(title, test);
  };

  asRoot(
    'finds by access(2) what lies in a folder that only root may enter, as initdb has to',
    () => {
      const [command = '', ...args] =
        findAccount(join(folder, 'data'), { folder, program })?.prefix ?? [];
      const script =
        'fs.accessSync(process.argv[1], fs.constants.X_OK); console.log(process.getuid())';
      const uid = execFileSync(command, [...args, process.execPath, '-e', script, program], {
        encoding: 'utf8',
        cwd: '/',
      });
      expect(Number(uid)).toBeGreaterThan(0);
    },
  );

  asOrdinaryUser('is ours unless we are root', () => {
    expect(findAccount(join(folder, 'data'), { folder, program })).toBeUndefined();
  });
});

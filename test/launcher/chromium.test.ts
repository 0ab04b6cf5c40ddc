import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { findChromium } from '../../tools/chromium/find-chromium.js';
import { obtainChromium } from '../../tools/chromium/obtain-chromium.js';
import { fakeProgram } from './fake-program.js';
import { makeFolder } from './launcher.js';

const find = (env: NodeJS.ProcessEnv, isRoot = false) => findChromium({ env, isRoot });

describe('the Chromium of the browser tests', () => {
  it('is the one that CHROMIUM_PATH names, and no other when that leads nowhere', () => {
    const folder = makeFolder('chromium-');
    const named = fakeProgram(folder, 'my-browser', '');
    fakeProgram(folder, 'chromium', '');
    expect(find({ CHROMIUM_PATH: named, PATH: folder })).toEqual({ kind: 'local', path: named });
    expect(() => find({ CHROMIUM_PATH: join(folder, 'gone'), PATH: folder })).toThrow(
      'CHROMIUM_PATH',
    );
  });

  it('else is on the PATH, else comes by apt for root, unless that is forbidden', () => {
    const folder = makeFolder('chromium-');
    const aptGet = fakeProgram(folder, 'apt-get', '');
    expect(find({ PATH: folder }, true)).toEqual({ kind: 'apt', aptGet });
    for (const [env, isRoot] of [
      [{ PATH: folder }, false],
      [{ PATH: folder, STACK_NO_INSTALL: '1' }, true],
      [{ PATH: '' }, true],
    ] as const)
      expect(() => find(env, isRoot)).toThrow(/CHROMIUM_PATH[^]*PATH[^]*as root/);
    const chromium = fakeProgram(folder, 'chromium', '');
    expect(find({ PATH: folder }, true)).toEqual({ kind: 'local', path: chromium });
  });

  it('is installed with an announcement, and is told to have failed when it was not', () => {
    const folder = makeFolder('chromium-');
    const said: string[] = [];
    const obtain = () => obtainChromium({ PATH: folder }, true, { say: (text) => said.push(text) });
    fakeProgram(folder, 'apt-get', 'exit 100');
    expect(obtain).toThrow('could not install');
    fakeProgram(
      folder,
      'apt-get',
      `[ "$2" = update ] || { printf '#!/bin/sh\\n' > '${folder}/chromium'; ` +
        `/bin/chmod 755 '${folder}/chromium'; }`,
    );
    expect(obtain()).toBe(join(folder, 'chromium'));
    expect(said).toEqual([
      expect.stringContaining('STACK_NO_INSTALL=1'),
      expect.stringContaining('chromium'),
    ]);
  });
});

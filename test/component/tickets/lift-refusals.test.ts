import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gate, LiftStage, restoredNow } from './lift.fixture.js';

let stage: LiftStage;
beforeAll(async () => {
  stage = await LiftStage.start();
});
afterAll(() => stage.stop());

describe('npm run tickets -- lift', () => {
  it.each([
    [[], 'Failed: --restored-at is missing, or no time with its zone'],
    [['--restored-at', '2026-01-01'], 'or no time with its zone'],
    [
      ['--restored-at', '2999-01-01T00:00:00Z'],
      "--restored-at is still to come: by the database's clock it is 20",
    ],
    [['--take', 'gate'], '--take is for tickets that are named by --ticket'],
    [['--take', 'both', '--ticket', 'T-1'], '--take is neither gate nor ticket'],
  ])('called wrongly (%j) changes nothing and answers 2', async (args, reason) => {
    const ticket = await stage.ann.open();
    const { code, err } = await stage.lift([gate(ticket, { version: 5 })], '--yes', ...args);
    expect([code, err]).toEqual([2, expect.stringContaining(reason)]);
    expect((await stage.shown(ticket)).version).toBe(1);
  });

  it('lifts nothing by half a file, however long it is', async () => {
    const ticket = await stage.ann.open();
    const file = join(stage.folder, 'long-half.jsonl');
    const gates = [
      gate(ticket, { version: 5 }),
      ...Array.from({ length: 1000 }, (_, n) => gate(`lost-${n}`, { credentials: 0 })),
    ];
    writeFileSync(file, gates.map((line) => `${JSON.stringify(line)}\n`).join(''));
    expect(await stage.runLift(file, ...restoredNow(), '--yes')).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringMatching(/the end of the file/),
    });
    expect((await stage.shown(ticket)).version).toBe(1);
  });

  it('refuses half a file, and one that is not there', async () => {
    const file = join(stage.folder, 'half.jsonl');
    writeFileSync(file, `${JSON.stringify(gate('lost', { credentials: 0 }))}\n`);
    const none = join(stage.folder, 'none');
    expect(await stage.runLift(file, ...restoredNow())).toMatchObject({
      code: 1,
      err: 'Failed: the end of the file is missing or wrong\n',
    });
    expect(await stage.runLift(none, ...restoredNow())).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^Failed: ENOENT/),
    });
  });
});

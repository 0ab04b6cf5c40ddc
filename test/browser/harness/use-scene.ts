import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import { DeskData } from './desk-data.js';
import { Scene } from './scene.js';
import { Tickets } from './tickets.js';

interface SceneStage {
  scene: Scene;
  tickets: Tickets;
  data: DeskData;
}

/**
 * Starts the whole system and a browser for the tests of a file. Each test fails if a
 * page has logged an error.
 */
export function useScene(extra: NodeJS.ProcessEnv = {}): Readonly<SceneStage> {
  const stage: Partial<SceneStage> = {};
  beforeAll(async () => {
    stage.scene = await Scene.open(extra);
    stage.tickets = new Tickets(stage.scene);
    stage.data = await DeskData.of(stage.scene);
  }, 240_000);
  afterEach(async () => {
    expect(await stage.scene?.clear()).toEqual([]);
  });
  afterAll(() => stage.scene?.close());
  return stage as SceneStage;
}

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { takeLock } from '../../tools/stack/processes/launcher-lock.js';
import {
  makeTestFolder,
  removeForgottenTestFolders,
  removeTestFolder,
} from '../../tools/stack/test-folder.js';
import { type Launch, LaunchedStack } from './launched.js';

/** The folder with what is compared, and what was started in it. */
export class Workshop {
  private readonly folder: string;
  private readonly release;
  private readonly stacks: LaunchedStack[] = [];

  /** @param kept stays with what was checked out; by default a temporary one is made */
  constructor(private readonly kept: string | undefined) {
    this.folder = kept ?? makeTestFolder();
    // PostgreSQL, which may have to run as another user, must pass through it.
    mkdirSync(this.folder, { recursive: true, mode: 0o711 });
    this.release = takeLock(join(this.folder, 'launcher.lock'));
  }

  /** Where the tree of this name is, or shall be. */
  tree(name: string): string {
    return join(this.folder, name);
  }

  /** @param anew without what an earlier run may have left in the tree */
  async launch(launch: Launch, anew: boolean): Promise<LaunchedStack> {
    await removeForgottenTestFolders();
    const stack = await LaunchedStack.launch(launch, anew);
    this.stacks.push(stack);
    return stack;
  }

  async close(): Promise<void> {
    await Promise.all(this.stacks.map((stack) => stack.stop()));
    this.release();
    if (this.kept === undefined) await removeTestFolder(this.folder);
  }

  stopNow(): void {
    for (const stack of this.stacks) stack.stopNow();
  }
}

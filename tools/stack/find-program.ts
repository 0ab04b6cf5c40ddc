import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * The first executable file of this name in the folders of `path`
 * (as in PATH), then in `more`.
 */
export function findProgram(
  name: string,
  path: string | undefined,
  more: readonly string[] = [],
): string | undefined {
  const folders = [...(path ?? '').split(delimiter).filter(Boolean), ...more];
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

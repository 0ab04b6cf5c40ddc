import { existsSync, readFileSync } from 'node:fs';
import { replaceDurably } from '#private-files';

/** @returns the statement; null where there is no file yet */
export const readMarkFile = (file: string): string | null =>
  existsSync(file) ? readFileSync(file, 'utf8').trim() : null;

/** Replicas that share the folder each write what they saw last. */
export const writeMarkFile = (file: string, statement: string): Promise<void> =>
  replaceDurably(file, `${statement}\n`);

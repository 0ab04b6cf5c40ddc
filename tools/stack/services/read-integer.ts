import { LauncherError } from '../launcher-error.js';

/** A variable of the launcher; undefined where it is not set. @throws LauncherError */
export function readInteger(env: NodeJS.ProcessEnv, name: string, max: number): number | undefined {
  const text = env[name];
  if (text === undefined || text === '') return undefined;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= max) return value;
  throw new LauncherError(`${name} must be a whole number from 1 to ${max}.`);
}

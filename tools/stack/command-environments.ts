import { existsSync, readFileSync } from 'node:fs';
import { type StackPaths } from './paths.js';

/** Whose variables a command reads. */
export type CommandOwner = 'tickets' | 'credentials' | 'operator';
export type CommandEnvironments = Readonly<Record<CommandOwner, NodeJS.ProcessEnv>>;

/**
 * The variables by which a command finds the stack of this folder, running or stopped.
 * None if the environment names another system already: a command must not work half on
 * one and half on the other.
 */
export function missingVariables(
  paths: Pick<StackPaths, 'commandEnvironments'>,
  owner: CommandOwner,
  env: NodeJS.ProcessEnv,
): NodeJS.ProcessEnv {
  if (!existsSync(paths.commandEnvironments)) return {};
  const ours = (JSON.parse(readFileSync(paths.commandEnvironments, 'utf8')) as CommandEnvironments)[
    owner
  ];
  const isOther = ([name, value]: [string, string | undefined]): boolean =>
    isSet(env[`${name}_FILE`]) || (isSet(env[name]) && env[name] !== value);
  return Object.entries(ours).some(isOther) ? {} : ours;
}

const isSet = (value: string | undefined): boolean => value !== undefined && value !== '';

import { parseArgs } from 'node:util';
import { explain, UsageError } from './faults.js';
import { helpOf, usageOf } from './help.js';
import { type Program, type Verb } from './verb.js';

interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/**
 * Does what the arguments ask for.
 * @returns the exit code: 0 when it is done, 1 when it failed, 2 for wrong usage
 */
export async function runProgram(
  program: Program,
  args: readonly string[],
  { out, err }: Terminal,
): Promise<number> {
  const name = findVerb(program, args);
  if (args.some((arg) => arg === '--help' || arg === '-h')) {
    out(
      helpOf(
        program,
        name ??
          args
            .slice(
              0,
              args.findIndex((arg) => arg.startsWith('-')),
            )
            .join(' '),
      ),
    );
    return 0;
  }
  const verb = name === undefined ? undefined : program.verbs[name];
  if (name === undefined || verb === undefined) {
    const fault = args.length === 0 ? 'a verb is missing' : 'there is no such verb';
    err(`Failed: ${fault}\n\n${helpOf(program, '')}`);
    return 2;
  }
  try {
    await verb.run({ ...parse(verb, args.slice(name.split(' ').length)), print: out, warn: err });
    return 0;
  } catch (error) {
    err(`Failed: ${explain(error)}`);
    if (!(error instanceof UsageError)) return 1;
    err(`usage: ${usageOf(program.name, name, verb)}`);
    return 2;
  }
}

/**
 * For the file that is the command: reads the process's arguments, sets its exit code.
 */
export async function main(program: Program): Promise<void> {
  // The reader of a pipe may close it early: `list | head`.
  process.stdout.on('error', () => process.exit(0));
  const write = (stream: NodeJS.WriteStream) => (text: string) => void stream.write(`${text}\n`);
  const terminal = { out: write(process.stdout), err: write(process.stderr) };
  process.exitCode = await runProgram(program, process.argv.slice(2), terminal);
}

/** @returns the longest verb that the arguments begin with */
function findVerb({ verbs }: Program, args: readonly string[]): string | undefined {
  return Object.keys(verbs)
    .filter((name) => name.split(' ').every((word, index) => word === args[index]))
    .sort((one, other) => other.length - one.length)[0];
}

function parse(
  { options = {}, operands }: Verb,
  args: readonly string[],
): { values: never; operands: readonly string[] } {
  const { values, positionals } = parseStrictly(args, options);
  const { min, max = Number.POSITIVE_INFINITY } = operands ?? { min: 0, max: 0 };
  if (positionals.length < min) throw new UsageError(`${operands?.usage ?? ''} is missing`);
  if (positionals.length > max) throw new UsageError('too many arguments');
  return { values: values as never, operands: positionals };
}

function parseStrictly(
  args: readonly string[],
  options: NonNullable<Verb['options']>,
): ReturnType<typeof parseArgs> {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(explain(error));
  }
}

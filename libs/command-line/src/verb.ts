import { type parseArgs } from 'node:util';

export interface Option {
  readonly type: 'boolean' | 'string';
  readonly multiple?: boolean;
  /** For the help. */
  readonly summary: string;
}
type Options = Readonly<Record<string, Option>>;
export type Values<O extends Options> = ReturnType<typeof parseArgs<{ options: O }>>['values'];

export interface Operands {
  /** For the help, such as `ID…`. */
  readonly usage: string;
  readonly min: number;
  /** Default: any number. */
  readonly max?: number;
}

export interface Input<O extends Options> {
  readonly operands: readonly string[];
  readonly values: Values<O>;
  /** Writes lines to the standard output. What others wrote goes through `printable` first. */
  readonly print: (text: string) => void;
  /** Writes to the standard error: what a person should know and a pipe should not carry. */
  readonly warn: (text: string) => void;
}

export interface VerbSpec<O extends Options> {
  /** One line for the help. */
  readonly summary: string;
  /** Default: none are taken. */
  readonly operands?: Operands;
  readonly options?: O;
  /** @throws UsageError when what it was given makes no sense, CommandError when it cannot be done */
  readonly run: (input: Input<O>) => Promise<void>;
}

/** A verb whose options nobody needs to know the types of any more. */
export interface Verb extends Omit<VerbSpec<Options>, 'run'> {
  readonly run: (input: Input<never>) => Promise<void>;
}

/** One thing that a command does: `verb({ summary, options: { all: { type: 'boolean', summary: '…' } }, run: ({ values }) => … })`. */
export const verb = <const O extends Options>(spec: VerbSpec<O>): Verb => spec;

export interface Program {
  readonly name: string;
  /** What it is for; shown by `--help`. */
  readonly summary: string;
  /** By their names, which may have several words: `keys rotate`. */
  readonly verbs: Readonly<Record<string, Verb>>;
}

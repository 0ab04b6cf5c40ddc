import { type parseArgs } from 'node:util';

interface Option {
  readonly type: 'boolean' | 'string';
  readonly multiple?: boolean;
  /** For the help. */
  readonly summary: string;
}
type OptionsByName = Readonly<Record<string, Option>>;
type Values<O extends OptionsByName> = ReturnType<typeof parseArgs<{ options: O }>>['values'];

interface Operands {
  /** For the help, such as `ID…`. */
  readonly usage: string;
  readonly min: number;
  /** Default: any number. */
  readonly max?: number;
}

interface Input<O extends OptionsByName> {
  readonly operands: readonly string[];
  readonly values: Values<O>;
  /**
   * Writes lines to the standard output. Pass text from outside
   * through `printable` first.
   */
  readonly print: (text: string) => void;
  /** Writes to the standard error: messages for a person, not for a pipe. */
  readonly warn: (text: string) => void;
}

interface VerbSpec<O extends OptionsByName> {
  /** One line for the help. */
  readonly summary: string;
  /** Default: none are taken. */
  readonly operands?: Operands;
  readonly options?: O;
  /** @throws UsageError for wrong arguments; CommandError when it fails */
  readonly run: (input: Input<O>) => Promise<void>;
}

/** A verb with the types of its options erased. */
export interface Verb extends Omit<VerbSpec<OptionsByName>, 'run'> {
  readonly run: (input: Input<never>) => Promise<void>;
}

/**
 * One thing that a command does: `verb({ summary, options: { all: { type: 'boolean',
 * summary: '…' } }, run: ({ values }) => … })`.
 */
export const verb = <const O extends OptionsByName>(spec: VerbSpec<O>): Verb => spec;

export interface Program {
  readonly name: string;
  /** What it is for; shown by `--help`. */
  readonly summary: string;
  /** By their names, which may have several words: `keys rotate`. */
  readonly verbs: Readonly<Record<string, Verb>>;
}

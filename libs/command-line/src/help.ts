import { type Program, type Verb } from './verb.js';

const optionUsage = ([name, { type }]: [string, { type: string }]): string =>
  type === 'boolean' ? `--${name}` : `--${name} VALUE`;

export function usageOf(program: string, name: string, { operands, options = {} }: Verb): string {
  const optional = Object.entries(options).map((option) => `[${optionUsage(option)}]`);
  return [program, name, operands?.usage, ...optional].filter(Boolean).join(' ');
}

/**
 * @param only the verb, or the first words of several, to tell about; all
 *   when none begins like this
 */
export function helpOf({ name: program, summary, verbs }: Program, only: string): string {
  const matching = Object.entries(verbs).filter(
    ([name]) => name === only || name.startsWith(`${only} `),
  );
  const shown = matching.length > 0 ? matching : Object.entries(verbs);
  const lines = shown.flatMap(([name, verb]) => [
    `  ${usageOf(program, name, verb)}`,
    `      ${verb.summary}`,
    ...Object.entries(verb.options ?? {}).map(
      (option) => `      ${optionUsage(option)}: ${option[1].summary}`,
    ),
  ]);
  return [summary, '', ...lines].join('\n');
}

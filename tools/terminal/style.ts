import { styleText } from 'node:util';

export type Style = Parameters<typeof styleText>[0];

/**
 * Colours only in a terminal, and not where NO_COLOR asks for
 * none: https://no-color.org
 */
export const wantsColour = (
  stream: { readonly isTTY?: boolean },
  env: NodeJS.ProcessEnv,
): boolean => stream.isTTY === true && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb';

export const painter =
  (colourful: boolean) =>
  (style: Style, text: string): string =>
    // Decided above, once: styleText itself would look at another stream.
    colourful ? styleText(style, text, { validateStream: false }) : text;

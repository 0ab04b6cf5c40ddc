import { type DeadLetter, type HeldDeadLetter, type DeadLetters } from '#messaging';

/** Goes through them all. @returns what they were */
export async function read(
  letters: DeadLetters,
  act?: (letter: HeldDeadLetter) => Promise<void> | void,
): Promise<DeadLetter[]> {
  const seen: DeadLetter[] = [];
  for await (const letter of letters.read()) {
    seen.push(letter);
    await act?.(letter);
  }
  return seen;
}

export const ids = (seen: readonly DeadLetter[]): string[] => seen.map(({ id }) => id);

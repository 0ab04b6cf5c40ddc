import { readFileSync } from 'node:fs';
import { CommandError } from '#command-line';
import { InvalidEventError, parseCredentialsDestroyed } from '#contracts';

/**
 * Which credentials were destroyed, by events that a consumer of `credential.events` has kept. Events of other types are passed over.
 * @throws CommandError where the file cannot be read, or a line of it is no JSON document
 */
export function keptEvents(file: string): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const line of linesOf(file)) for (const id of idsIn(line)) ids.add(id);
  return ids;
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n').filter(Boolean);
  } catch (error) {
    throw new CommandError(`the events that were kept cannot be read: ${(error as Error).message}`);
  }
}

function idsIn(line: string): readonly string[] {
  try {
    return parseCredentialsDestroyed(JSON.parse(line)).data.credentialIds;
  } catch (error) {
    if (error instanceof InvalidEventError) return [];
    throw new CommandError('the events that were kept have a line that is no JSON document');
  }
}

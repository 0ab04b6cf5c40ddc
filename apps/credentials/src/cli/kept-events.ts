import { open } from 'node:fs/promises';
import { CommandError } from '#command-line';
import { InvalidEventError, parseCredentialsDestroyed } from '#contracts';

/**
 * Which of the credentials were destroyed, by events that a consumer of
 * `credential.events` has kept. Events of other types are passed over. One of them is in
 * memory: there may be years of them.
 * @throws CommandError where the file cannot be read, or a line of it is no JSON document
 */
export async function keptEvents(
  file: string,
  credentialIds: ReadonlySet<string>,
): Promise<ReadonlySet<string>> {
  const destroyed = new Set<string>();
  for await (const line of linesOf(file))
    for (const id of idsIn(line)) if (credentialIds.has(id)) destroyed.add(id);
  return destroyed;
}

async function* linesOf(file: string): AsyncGenerator<string> {
  try {
    for await (const line of (await open(file)).readLines()) if (line !== '') yield line;
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

import { uuidPattern } from '#contracts';
import { Problem } from '#problem';

/**
 * An id of ours as it stands in a path.
 * @throws Problem `not-found`: nothing has any other
 */
export function readPathId(id: string): string {
  if (!uuidPattern.test(id)) throw new Problem('not-found');
  return id;
}

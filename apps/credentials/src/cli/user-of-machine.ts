import { userInfo } from 'node:os';
import { UsageError } from '#command-line';

/**
 * For the access log. In a container the user may be a number without a name.
 * @throws UsageError
 */
export function userOfMachine(): string {
  try {
    return userInfo().username;
  } catch {
    throw new UsageError('--by is missing, and the user of this machine has no name');
  }
}

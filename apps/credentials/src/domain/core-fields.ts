import { Problem } from '#problem';

const coreFields = ['username', 'password', 'link'];

const detail =
  'User name, password and link cannot be changed: delete the credential and ask the ' +
  'requester to submit a new one';

/**
 * User name, password and link are written once.
 * @param edit what a caller sent, in any form
 * @throws Problem `immutable-field` where it names one of them, whatever it says of it
 */
export function requireNoCoreField(edit: unknown): void {
  if (typeof edit !== 'object' || edit === null) return;
  const named = coreFields.filter((field) => Object.hasOwn(edit, field));
  if (named.length === 0) return;
  const errors = named.map((field) => ({
    pointer: `/${field}`,
    code: 'immutable' as const,
    detail: 'cannot be changed',
  }));
  throw new Problem('immutable-field', detail, { errors });
}

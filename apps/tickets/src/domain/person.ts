/**
 * A customer or an agent, with the name in their token at their
 * last action, if it had one.
 */
export interface Person {
  readonly id: string;
  readonly name: string | null;
}

/** The caller, as stored with their actions. */
export const personOf = ({
  id,
  name,
}: {
  readonly id: string;
  readonly name: string | undefined;
}): Person => ({
  id,
  name: name === undefined || name === '' ? null : name,
});

/** For events and gates, which hold no names: a known name of the same person is kept. */
export const personById = (id: string | null | undefined, known: Person | null): Person | null =>
  id === known?.id ? known : typeof id === 'string' ? { id, name: null } : null;

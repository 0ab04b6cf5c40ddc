/** A customer or an agent; the name is what their token said when they did something here, if it said any. */
export interface Person {
  readonly id: string;
  readonly name: string | null;
}

/** The caller, as they are remembered beside what they did. */
export const personOf = ({ id, name }: { readonly id: string; readonly name: string | undefined }): Person => ({
  id,
  name: name !== undefined && isStorable(name) ? name : null,
});

/** PostgreSQL keeps no NUL in text, and a name is not worth refusing a request for. */
const isStorable = (name: string): boolean => name !== '' && !name.includes('\0');

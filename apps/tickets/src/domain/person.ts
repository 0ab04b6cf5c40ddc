/** A customer or an agent, with the name in their token at their last action, if it had one. */
export interface Person {
  readonly id: string;
  readonly name: string | null;
}

/** The caller, as stored with their actions. */
export const personOf = ({ id, name }: { readonly id: string; readonly name: string | undefined }): Person => ({
  id,
  name: name !== undefined && isStorable(name) ? name : null,
});

/** PostgreSQL stores no NUL in text, and a bad name is no reason to refuse a request. */
const isStorable = (name: string): boolean => name !== '' && !name.includes('\0');

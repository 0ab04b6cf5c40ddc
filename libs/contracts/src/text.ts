/** Counts Unicode code points, which is what a person calls a character. */
export const characters = (text: string): number => Array.from(text).length;

/** PostgreSQL keeps neither NUL nor half a surrogate pair. */
export const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes('\0');

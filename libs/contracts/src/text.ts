/** Counts Unicode code points, which is what a person calls a character. */
export const characters = (text: string): number => Array.from(text).length;

/** PostgreSQL keeps neither NUL nor half a surrogate pair. */
export const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes('\0');

const hidden = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

/**
 * Whether something in it cannot be seen, or turns the order around in which the rest is
 * seen: controls, zero widths, overrides.
 */
export const hasHidden = (text: string): boolean => hidden.test(text);

import { base } from './base.js';
import { forgetForForm } from './leak/kept-for-form.js';

/**
 * Below a path, the page shares its origin with pages of others, and perhaps
 * with another one of its kind.
 */
const prefix = `private-credentials:${base}:`;

/** @returns the name under which something of ours is kept in the browser */
export const storageKey = (name: string): string => prefix + name;

/**
 * Whoever signs out leaves nothing in this tab to the next person; what
 * other pages keep there stays.
 */
export function clearTab(): void {
  for (const name of Object.keys(sessionStorage))
    if (name.startsWith(prefix)) sessionStorage.removeItem(name);
  forgetForForm();
}

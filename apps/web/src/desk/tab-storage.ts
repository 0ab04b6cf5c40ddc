import { forgetForForm } from './leak/kept-for-form.js';
import { basePath } from './routing.js';

/**
 * Below a path, other pages, even another help desk, share this origin and its storage.
 */
const prefix = `private-credentials:${basePath}:`;

/** The key of an entry in the browser's storage. */
export const storageKey = (name: string): string => prefix + name;

/** At sign-out: removes everything that this page, and no other, has kept in the tab. */
export function clearTab(): void {
  for (const name of Object.keys(sessionStorage))
    if (name.startsWith(prefix)) sessionStorage.removeItem(name);
  forgetForForm();
}

/**
 * The path that the page is below, with a slash at its end: every script of the
 * page lies in `assets/` there.
 */
export const base = new URL(/* @vite-ignore */ '..', import.meta.url).pathname;

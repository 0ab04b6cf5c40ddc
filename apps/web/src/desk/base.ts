/**
 * The path that the page is served below, with a slash at its end. Scripts are in
 * assets/.
 */
export const base = new URL(/* @vite-ignore */ '..', import.meta.url).pathname;

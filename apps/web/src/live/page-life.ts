/**
 * `suspended`: in the back/forward cache, or frozen, and so without events; `resumed`: no
 * more.
 */
export type PageLife = 'visible' | 'hidden' | 'suspended' | 'resumed';

export const isVisible = (): boolean => document.visibilityState === 'visible';

/** https://wicg.github.io/page-lifecycle/ */
const windowEvents = { pagehide: 'suspended', pageshow: 'resumed' } as const;
const documentEvents = {
  freeze: 'suspended',
  resume: 'resumed',
  visibilitychange: undefined,
} as const;

/**
 * Listens to each target for its own events alone: what bubbles from the document to the
 * window would arrive twice.
 * @returns a function that stops listening
 */
export function observePageLife(listener: (life: PageLife) => void): () => void {
  const ended = new AbortController();
  const listen = (target: EventTarget, lives: Readonly<Record<string, PageLife | undefined>>) => {
    const onEvent = ({ type }: Event) => {
      listener(lives[type] ?? (isVisible() ? 'visible' : 'hidden'));
    };
    for (const type of Object.keys(lives)) target.addEventListener(type, onEvent, ended);
  };
  listen(window, windowEvents);
  listen(document, documentEvents);
  return () => {
    ended.abort();
  };
}

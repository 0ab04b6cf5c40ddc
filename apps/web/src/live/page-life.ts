/** `away`: kept for "back", or frozen, and so hears nothing; `back`: no more. */
export type PageLife = 'seen' | 'unseen' | 'away' | 'back';

export const isSeen = (): boolean => document.visibilityState === 'visible';

/** What the window tells, and what the document does (https://wicg.github.io/page-lifecycle/). */
const windowLives = { pagehide: 'away', pageshow: 'back' } as const;
const documentLives = { freeze: 'away', resume: 'back', visibilitychange: undefined } as const;

/**
 * Each target is asked for its own events alone: what bubbles from the document to the
 * window would be heard twice.
 * @returns what ends it
 */
export function observeLife(listener: (life: PageLife) => void): () => void {
  const ended = new AbortController();
  const listen = (target: EventTarget, lives: Readonly<Record<string, PageLife | undefined>>) => {
    const onEvent = ({ type }: Event) => {
      listener(lives[type] ?? (isSeen() ? 'seen' : 'unseen'));
    };
    for (const type of Object.keys(lives)) target.addEventListener(type, onEvent, ended);
  };
  listen(window, windowLives);
  listen(document, documentLives);
  return () => {
    ended.abort();
  };
}

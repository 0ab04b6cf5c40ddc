/** `away`: kept for "back", or frozen, and so hears nothing; `back`: no more. */
export type PageLife = 'seen' | 'unseen' | 'away' | 'back';

export const isSeen = (): boolean => document.visibilityState === 'visible';

/** https://wicg.github.io/page-lifecycle/ */
const lives: Readonly<Record<string, PageLife>> = {
  pagehide: 'away',
  freeze: 'away',
  pageshow: 'back',
  resume: 'back',
};

/** @returns what ends it */
export function observeLife(listener: (life: PageLife) => void): () => void {
  const ended = new AbortController();
  const onEvent = ({ type }: Event) => {
    listener(lives[type] ?? (isSeen() ? 'seen' : 'unseen'));
  };
  for (const target of [window, document])
    for (const type of ['visibilitychange', ...Object.keys(lives)])
      target.addEventListener(type, onEvent, ended);
  return () => {
    ended.abort();
  };
}

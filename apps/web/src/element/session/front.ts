import { Observed } from './observed.js';

/** Whether the window is in front: visible, and the one that has the keyboard. */
export class Front extends Observed {
  readonly #end = new AbortController();

  constructor() {
    super();
    const { signal } = this.#end;
    const onChange = () => {
      this.changed();
    };
    for (const type of ['focus', 'blur', 'pageshow', 'pagehide']) window.addEventListener(type, onChange, { signal });
    document.addEventListener('visibilitychange', onChange, { signal });
  }

  get now(): boolean {
    return document.visibilityState === 'visible' && document.hasFocus();
  }

  close(): void {
    this.#end.abort();
  }
}

import { Observed } from './observed.js';

/** Whether the window is in front: visible, and the one that has the keyboard. */
export class Front extends Observed {
  constructor() {
    super();
    const onChange = () => {
      this.changed();
    };
    for (const type of ['focus', 'blur', 'pageshow', 'pagehide'])
      window.addEventListener(type, onChange);
    document.addEventListener('visibilitychange', onChange);
  }

  get now(): boolean {
    return document.visibilityState === 'visible' && document.hasFocus();
  }
}

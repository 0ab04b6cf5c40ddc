import { Observable } from './observable.js';

/** Whether the window is visible and has the keyboard. */
export class WindowFocus extends Observable {
  constructor() {
    super();
    const onChange = () => {
      this.notify();
    };
    for (const type of ['focus', 'blur', 'pageshow', 'pagehide'])
      window.addEventListener(type, onChange);
    document.addEventListener('visibilitychange', onChange);
  }

  get isFocused(): boolean {
    return document.visibilityState === 'visible' && document.hasFocus();
  }
}

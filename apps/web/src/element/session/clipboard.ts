interface Clipboard {
  readText(): Promise<string>;
  writeText(text: string): Promise<void>;
}

interface Options {
  readonly clipboard: Clipboard;
  /** Whether the page may look what is on the clipboard without asking the user. */
  readonly mayRead: () => Promise<boolean>;
  readonly onCleared: () => void;
}

/**
 * Copies, and clears what it copied after a while. Where the page may read the clipboard, it clears only what it put there itself; a page
 * that is not in front may not write to it, and does so when it comes back.
 */
export class ClearingClipboard {
  #copied: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: Options) {}

  /** @throws where the browser refuses */
  async copy(text: string, seconds: number): Promise<void> {
    await this.options.clipboard.writeText(text);
    this.#copied = text;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#clear(), seconds * 1000);
  }

  /** The window is in front again: what could not be cleared before can be now. */
  async retry(): Promise<void> {
    if (this.#timer === undefined && this.#copied !== undefined) await this.#clear();
  }

  async #clear(): Promise<void> {
    this.#timer = undefined;
    try {
      const { clipboard, mayRead } = this.options;
      if (!(await mayRead()) || (await clipboard.readText()) === this.#copied) await clipboard.writeText('');
      this.#copied = undefined;
      this.options.onCleared();
    } catch {
      // Not in front: `retry` comes when it is.
    }
  }
}

const permission = { name: 'clipboard-read' as PermissionName };

/** The browser's clipboard. */
export const browserClipboard = (onCleared: () => void): ClearingClipboard =>
  new ClearingClipboard({
    clipboard: navigator.clipboard,
    mayRead: async () => (await navigator.permissions.query(permission).catch(() => undefined))?.state === 'granted',
    onCleared,
  });

interface Clipboard {
  readText(): Promise<string>;
  writeText(text: string): Promise<void>;
}

interface Options {
  readonly clipboard: Clipboard;
  /** Whether the page may look what is on the clipboard without asking the user. */
  readonly mayRead: () => Promise<boolean>;
}

/**
 * Copies, and clears what it copied after a while. Where the page may read the clipboard,
 * it clears only what it put there itself; a page that is not in front may not write to
 * it, and does so when it comes back.
 */
export class ClearingClipboard {
  private copied: string | undefined;
  private onCleared: () => void = () => undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: Options) {}

  /**
   * @param onCleared the copy was there still, and is not any more
   * @throws where the browser refuses
   */
  async copy(text: string, seconds: number, onCleared: () => void): Promise<void> {
    await this.options.clipboard.writeText(text);
    [this.copied, this.onCleared] = [text, onCleared];
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.clear(), seconds * 1000);
  }

  /** The window is in front again: what could not be cleared before can be now. */
  async retry(): Promise<void> {
    if (this.timer === undefined) await this.clear();
  }

  /** Clears what was copied, without waiting for its time. */
  async clear(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const copied = this.copied;
    if (copied === undefined) return;
    try {
      const { clipboard, mayRead } = this.options;
      const isThere = !(await mayRead()) || (await clipboard.readText()) === copied;
      if (isThere) await clipboard.writeText('');
      this.copied = undefined;
      if (isThere) this.onCleared();
    } catch {
      // Not in front: `retry` comes when it is.
    }
  }
}

const permission = { name: 'clipboard-read' as PermissionName };

/** The browser's clipboard. */
export const browserClipboard = (): ClearingClipboard =>
  new ClearingClipboard({
    clipboard: navigator.clipboard,
    mayRead: async () =>
      (await navigator.permissions.query(permission).catch(() => undefined))?.state === 'granted',
  });

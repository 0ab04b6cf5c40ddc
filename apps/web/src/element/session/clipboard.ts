interface TextClipboard {
  readText(): Promise<string>;
  writeText(text: string): Promise<void>;
}

interface ClearingClipboardOptions {
  readonly clipboard: TextClipboard;
  /** Whether the page may read the clipboard without asking the user. */
  readonly mayRead: () => Promise<boolean>;
}

/**
 * Clears what it copied after a while. Where the page may read the clipboard, it clears
 * nothing but its own copy. A page without focus may not write to the clipboard, and does
 * so when it has the focus again.
 */
export class ClearingClipboard {
  private copied: string | undefined;
  private onCleared: () => void = () => undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: ClearingClipboardOptions) {}

  /**
   * @param onCleared called when the copy, still there, was cleared
   * @throws where the browser refuses
   */
  async copy(text: string, seconds: number, onCleared: () => void): Promise<void> {
    await this.options.clipboard.writeText(text);
    [this.copied, this.onCleared] = [text, onCleared];
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.clear(), seconds * 1000);
  }

  /** The window has the focus again, so what could not be cleared now can be. */
  async retry(): Promise<void> {
    if (this.timer === undefined) await this.clear();
  }

  /** Clears the copy without waiting for its time. */
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
      // No focus: `retry` is called when it returns.
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

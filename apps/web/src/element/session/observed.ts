/** Something that components show, and show again when it changed. */
export class Observed {
  private readonly listeners = new Set<() => void>();

  /** @returns what ends it */
  observe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  protected changed(): void {
    for (const listener of this.listeners) listener();
  }
}

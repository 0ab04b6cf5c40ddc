/** State that components render, and render again when it has changed. */
export class Observable {
  private readonly listeners = new Set<() => void>();

  /** @returns a function that stops observing */
  observe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  protected notify(): void {
    for (const listener of this.listeners) listener();
  }
}

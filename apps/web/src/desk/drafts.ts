import { newIdempotencyKey } from '../api/client.js';

/** What somebody has typed and not sent. `key` makes sending it twice do it once, as long as it stays the same text. */
export interface Draft {
  readonly fields: Readonly<Record<string, string>>;
  readonly key: string;
}

/**
 * Unsent texts, kept for this tab until they are sent: a reload, a sign-in elsewhere or a crash of the page loses none. Fields of secrets
 * never come here.
 */
export class Drafts {
  /** @param owner whose they are; another person in the same tab does not see them */
  constructor(private readonly owner: string) {}

  read(name: string): Draft {
    try {
      const kept = JSON.parse(sessionStorage.getItem(this.place(name)) ?? 'null') as Draft | null;
      return kept ?? emptyDraft();
    } catch {
      return emptyDraft();
    }
  }

  /** @returns the draft, with another key where the text is another one */
  write(name: string, fields: Draft['fields']): Draft {
    const draft = { fields, key: newIdempotencyKey() };
    try {
      sessionStorage.setItem(this.place(name), JSON.stringify(draft));
    } catch {
      // Storage may be full or forbidden; then a reload loses the text, as it would in any other page.
    }
    return draft;
  }

  drop(name: string): void {
    sessionStorage.removeItem(this.place(name));
  }

  private place(name: string): string {
    return `draft:${this.owner}:${name}`;
  }
}

const emptyDraft = (): Draft => ({ fields: {}, key: newIdempotencyKey() });

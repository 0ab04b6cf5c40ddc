import { newIdempotencyKey } from '../api/client.js';
import { redactSecrets } from './leak/redact-secrets.js';
import { storageKey } from './tab-storage.js';

/**
 * What somebody has typed and not sent. `key` makes sending it twice do it once, as long
 * as it stays the same text.
 */
export interface Draft {
  readonly fields: Readonly<Record<string, string>>;
  readonly key: string;
}

interface StoredDraft extends Draft {
  /** Nothing had to be left out of it. */
  readonly isWhole: boolean;
}

/**
 * Unsent texts, kept for this tab until they are sent: a reload, a sign-in elsewhere or a
 * crash of the page loses none. What looks like a secret is not stored with them, and
 * fields of secrets never come here.
 */
export class Drafts {
  /** @param owner whose they are; another person in the same tab does not see them */
  constructor(private readonly owner: string) {}

  read(name: string): Draft {
    const { fields = {}, key = '', isWhole = false } = this.stored(name) ?? {};
    // A text that lacks something is another one than may have been sent.
    return { fields, key: isWhole ? key : newIdempotencyKey() };
  }

  /** @returns the draft, with another key where the text is another one */
  write(name: string, fields: Draft['fields']): Draft {
    const draft = { fields, key: newIdempotencyKey() };
    try {
      sessionStorage.setItem(this.key(name), JSON.stringify(storable(draft)));
    } catch {
      // Storage may be full or forbidden; then a reload loses the text, as
      // it would in any other page.
    }
    return draft;
  }

  drop(name: string): void {
    sessionStorage.removeItem(this.key(name));
  }

  /** Drops the draft that was sent, unless it has become another text meanwhile. */
  dropSent(name: string, { key }: Draft): void {
    if (this.stored(name)?.key === key) this.drop(name);
  }

  private stored(name: string): StoredDraft | undefined {
    try {
      return (
        (JSON.parse(sessionStorage.getItem(this.key(name)) ?? 'null') as StoredDraft | null) ??
        undefined
      );
    } catch {
      return undefined;
    }
  }

  private key(name: string): string {
    return storageKey(`draft:${this.owner}:${name}`);
  }
}

function storable({ fields, key }: Draft): StoredDraft {
  const entries = Object.entries(fields).map(
    ([name, text]) => [name, redactSecrets(text, 'removed')] as const,
  );
  const isWhole = entries.every(([, { secrets }]) => secrets.length === 0);
  return {
    fields: Object.fromEntries(entries.map(([name, { text }]) => [name, text])),
    key,
    isWhole,
  };
}

import { newIdempotencyKey } from '../api/client.js';
import { redactSecrets } from './leak/redact-secrets.js';
import { storageKey } from './tab-storage.js';

/** An unsent text. Its idempotency key changes with the text. */
export interface Draft {
  readonly fields: Readonly<Record<string, string>>;
  readonly key: string;
}

interface StoredDraft extends Draft {
  /** False if a secret was left out of it. */
  readonly isWhole: boolean;
}

/**
 * Unsent texts in the session storage of this tab, so that a reload, a sign-in at the
 * issuer or a crash loses none. What looks like a secret is replaced before it is stored;
 * the private form is never stored.
 */
export class Drafts {
  /** @param owner id of the person; another person in the same tab does not see them */
  constructor(private readonly owner: string) {}

  read(name: string): Draft {
    const { fields = {}, key = '', isWhole = false } = this.stored(name) ?? {};
    // A redacted text differs from the one that may have been sent, so it needs a new
    // key.
    return { fields, key: isWhole ? key : newIdempotencyKey() };
  }

  /** @returns the draft with a new key */
  write(name: string, fields: Draft['fields']): Draft {
    const draft = { fields, key: newIdempotencyKey() };
    try {
      sessionStorage.setItem(this.key(name), JSON.stringify(storable(draft)));
    } catch {
      // Storage may be full or forbidden; then a reload loses the text.
    }
    return draft;
  }

  drop(name: string): void {
    sessionStorage.removeItem(this.key(name));
  }

  /** Drops the draft that was sent, unless its text has changed meanwhile. */
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

import { timingSafeEqual } from 'node:crypto';
import { inspect } from 'node:util';
import { plaintext } from './reveal-plaintext.js';

const redacted = '[SecretText]';

/**
 * The text of a secret field. Printing, logging, joining or
 * serialising it does not show it.
 */
export class SecretText {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** For fields that may be left out, which an empty text is too. */
  static orNull(text: string | null | undefined): SecretText | null {
    return text === null || text === undefined || text === '' ? null : new SecretText(text);
  }

  /**
   * Whether both are the same text, or both absent. Its duration does not
   * reveal where two texts differ.
   */
  static areSame(one: SecretText | null, other: SecretText | null): boolean {
    if (one === null || other === null) return one === other;
    const [left, right] = [one, other].map((secret) => Buffer.from(secret.#text, 'utf16le')) as [
      Buffer,
      Buffer,
    ];
    return left.length === right.length && timingSafeEqual(left, right);
  }

  [plaintext](): string {
    return this.#text;
  }

  toString(): string {
    return redacted;
  }

  toJSON(): string {
    return redacted;
  }

  [inspect.custom](): string {
    return redacted;
  }
}

import { timingSafeEqual } from 'node:crypto';
import { inspect } from 'node:util';
import { plaintext } from './reveal-plaintext.js';

const redacted = '[SecretText]';

/** What somebody typed into a secret field. Whichever way it is printed, logged, joined or serialised, it shows itself to nobody. */
export class SecretText {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** For fields that may be left out. */
  static orNull(text: string | null | undefined): SecretText | null {
    return text === null || text === undefined ? null : new SecretText(text);
  }

  /** The same text, or both none? Does not tell by its duration where two texts differ. */
  static areSame(one: SecretText | null, other: SecretText | null): boolean {
    if (one === null || other === null) return one === other;
    const [left, right] = [one, other].map((secret) => Buffer.from(secret.#text, 'utf16le')) as [Buffer, Buffer];
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

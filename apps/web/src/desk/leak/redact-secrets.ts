import { findSecrets } from '../../leak-warning/find-secrets.js';
import { texts } from '../texts.js';

/**
 * Replaces everything that looks like a secret.
 * @param how the placeholder: `moved` says that it was shared privately
 * @returns the redacted message, and the secrets in order
 */
export function redactSecrets(
  message: string,
  how: 'moved' | 'removed',
): { readonly text: string; readonly secrets: readonly string[] } {
  const findings = findSecrets(message);
  const secrets = findings.map(({ start, end }) => message.slice(start, end));
  const placeholder = how === 'moved' ? texts.leak.replacement : texts.leak.removed;
  const text = findings.reduceRight(
    (rest, { start, end }) => rest.slice(0, start) + placeholder + rest.slice(end),
    message,
  );
  return { text, secrets };
}

/** The removed secrets were shared in the private form after all. */
export const markShared = (message: string): string =>
  message.replaceAll(texts.leak.removed, texts.leak.replacement);

/**
 * A stored description: the secrets that it says were shared are lost with the reload.
 */
export const markRemoved = (message: string): string =>
  message.replaceAll(texts.leak.replacement, texts.leak.removed);

import { findSecrets } from '../../leak-warning/find-secrets.js';
import { texts } from '../texts.js';

/**
 * A message without what looks like a secret, and the secrets in their order.
 * @param how what it says in their place
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

/** A message whose secrets were shared after they had been taken out. */
export const markShared = (message: string): string =>
  message.replaceAll(texts.leak.removed, texts.leak.replacement);

/** A stored message whose secrets were not stored with it: they go nowhere any more. */
export const markRemoved = (message: string): string =>
  message.replaceAll(texts.leak.replacement, texts.leak.removed);

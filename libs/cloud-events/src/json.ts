/**
 * JSON as it travels, which is UTF-8 (RFC 8259, 8.1).
 * @returns undefined when it is not that, which JSON itself cannot say
 */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(decode(bytes));
  } catch {
    return undefined;
  }
}

/**
 * Fatal: bytes that are no UTF-8 would otherwise be replaced, and two names could become
 * one. A byte order mark is skipped.
 * @throws TypeError
 */
export const decode = (bytes: Uint8Array): string =>
  new TextDecoder('utf-8', { fatal: true }).decode(bytes);

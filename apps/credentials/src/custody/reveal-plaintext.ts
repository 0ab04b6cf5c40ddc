/**
 * The name of the method that returns the text of a secret: code that cannot
 * import it cannot call that.
 */
export const plaintext: unique symbol = Symbol('plaintext');

/**
 * Dangerous: turns a secret into a string, which anything can print and nothing can wipe.
 * Custody uses it to seal, and one function of the HTTP edge to answer a reveal;
 * `npm run arrows` refuses any other import.
 */
export const revealPlaintext = (secret: { [plaintext](): string }): string => secret[plaintext]();

/** How this module gets at the text of a secret; whoever does not import it cannot say it. */
export const plaintext: unique symbol = Symbol('plaintext');

/**
 * Dangerous: turns a secret into a string, which everything prints and nothing can wipe. Custody seals by it, and one function of the HTTP
 * edge writes the answer to a reveal; `npm run arrows` refuses anybody else.
 */
export const revealPlaintext = (secret: { [plaintext](): string }): string => secret[plaintext]();

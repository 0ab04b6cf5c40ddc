/**
 * Why a token is needed: for an ordinary request, because the last one was refused, or
 * because its owner has to sign in again for this request (RFC 9470).
 */
export type TokenNeed = 'request' | 'expired' | 'sign-in';

/**
 * A bearer token, or a function that returns one. It is called before each request, so
 * that no token is kept longer than its owner keeps it.
 */
export type TokenSource = string | ((need: TokenNeed) => string | Promise<string>);

/** The claims of a token (RFC 7519). */
export type TokenClaims = Readonly<Record<string, unknown>> & { readonly sub: string };

export const tokenFrom = async (source: TokenSource, need: TokenNeed): Promise<string> =>
  typeof source === 'string' ? source : source(need);

/** Reads a token without verifying it: to compare people, never to decide anything. */
export function claimsOf(token: string): TokenClaims | undefined {
  try {
    const payload = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    const bytes = Uint8Array.from(atob(payload), (character) => character.charCodeAt(0));
    const claims = JSON.parse(new TextDecoder().decode(bytes)) as TokenClaims;
    return typeof claims.sub === 'string' ? claims : undefined;
  } catch {
    return undefined;
  }
}

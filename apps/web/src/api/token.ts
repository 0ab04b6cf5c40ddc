/**
 * Why a token is asked for: for an ordinary request; because the last one was
 * refused; or because the last one is good, but its owner has to sign in again for
 * what was asked (RFC 9470).
 */
export type TokenNeed = 'request' | 'expired' | 'sign-in';

/**
 * A bearer token, or who gives one. Asked before each request, so that it is never kept
 * longer than its owner keeps it.
 */
export type TokenSource = string | ((need: TokenNeed) => string | Promise<string>);

/** What a token says; `sub` is whom it speaks for. */
export type TokenClaims = Readonly<Record<string, unknown>> & { readonly sub: string };

export const tokenFrom = async (source: TokenSource, need: TokenNeed): Promise<string> =>
  typeof source === 'string' ? source : source(need);

/**
 * What a token says of itself; to be shown and compared, never
 * believed: the services verify it.
 */
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

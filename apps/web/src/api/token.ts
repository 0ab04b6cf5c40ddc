/** Why a token is asked for: for an ordinary request, or because the last one was refused. */
export type TokenNeed = 'request' | 'expired';

/** A bearer token, or who gives one. Asked before each request, so that it is never kept longer than its owner keeps it. */
export type TokenSource = string | ((need: TokenNeed) => string | Promise<string>);

export interface Bearer {
  readonly id: string;
  readonly roles: readonly string[];
}

export const tokenFrom = async (source: TokenSource, need: TokenNeed): Promise<string> =>
  typeof source === 'string' ? source : source(need);

/** Who a token speaks for, as it says itself; to be shown and compared, never believed: the services verify it. */
export function bearerOf(token: string): Bearer | undefined {
  try {
    const payload = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    const bytes = Uint8Array.from(atob(payload), (character) => character.charCodeAt(0));
    const { sub, roles } = JSON.parse(new TextDecoder().decode(bytes)) as { sub?: unknown; roles?: unknown };
    if (typeof sub !== 'string') return undefined;
    return { id: sub, roles: Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : [] };
  } catch {
    return undefined;
  }
}

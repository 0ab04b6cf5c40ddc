import { storageKey } from '../tab-storage.js';

/**
 * What has to survive the way to the issuer and back: no token,
 * and good for one answer only.
 */
export interface PendingSignIn {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly returnTo: string;
  /** That the issuer was told to ask, and to say when it did. */
  readonly mustAsk: boolean;
}

const pendingKey = storageKey('oidc-journey');
/**
 * That somebody was signed in: then a reload asks the issuer at once, where
 * they most likely still are.
 */
const signedInKey = storageKey('oidc-signed-in');
/**
 * That somebody has signed out where the issuer cannot: then it has to ask at the
 * next sign-in, in whatever tab.
 */
const mustAskKey = storageKey('oidc-ask');

/** What the page remembers of signing in at an issuer, over a reload. */
export const oidcMemory = {
  savePending(pending: PendingSignIn): void {
    sessionStorage.setItem(pendingKey, JSON.stringify(pending));
  },

  /** @throws where nobody has asked the issuer */
  takePending(): PendingSignIn {
    const pending = JSON.parse(
      sessionStorage.getItem(pendingKey) ?? 'null',
    ) as PendingSignIn | null;
    sessionStorage.removeItem(pendingKey);
    if (pending === null) throw new Error('Nobody has asked for this answer');
    return pending;
  },

  markSignedIn(): void {
    sessionStorage.setItem(signedInKey, 'yes');
    localStorage.removeItem(mustAskKey);
  },

  get wasSignedIn(): boolean {
    return sessionStorage.getItem(signedInKey) !== null;
  },

  mustAskNextTime(): void {
    localStorage.setItem(mustAskKey, 'yes');
  },

  get mustAsk(): boolean {
    return localStorage.getItem(mustAskKey) !== null;
  },
};

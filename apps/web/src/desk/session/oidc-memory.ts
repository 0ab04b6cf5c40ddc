import { storageKey } from '../tab-storage.js';

/** State that survives the redirect to the issuer and back: for one answer, no token. */
export interface PendingSignIn {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly returnTo: string;
  /** Whether the issuer was told to ask for a new sign-in (`prompt=login`). */
  readonly mustAsk: boolean;
}

const pendingKey = storageKey('oidc-journey');
/** After a sign-in, a reload redirects to the issuer, which most likely has a session. */
const signedInKey = storageKey('oidc-signed-in');
/**
 * Set at sign-out if the issuer has no logout endpoint: the next sign-in, in any tab,
 * must then ask who it is.
 */
const mustAskKey = storageKey('oidc-ask');

/** What the page remembers about signing in at an issuer. */
export const oidcMemory = {
  savePending(pending: PendingSignIn): void {
    sessionStorage.setItem(pendingKey, JSON.stringify(pending));
  },

  /** @throws if this tab has started no sign-in */
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

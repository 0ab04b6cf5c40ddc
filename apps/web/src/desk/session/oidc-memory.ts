import { ownName } from '../own-storage.js';

/**
 * What has to survive the way to the issuer and back: no token,
 * and good for one answer only.
 */
export interface Journey {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly returnTo: string;
  /** That the issuer was told to ask, and to say when it did. */
  readonly mustAsk: boolean;
}

const journeyPlace = ownName('oidc-journey');
/**
 * That somebody was signed in: then a reload asks the issuer at once, where
 * they most likely still are.
 */
const signedInPlace = ownName('oidc-signed-in');
/**
 * That somebody has signed out where the issuer cannot: then it has to ask at the
 * next sign-in, in whatever tab.
 */
const askPlace = ownName('oidc-ask');

/** What the page remembers of signing in at an issuer, over a reload. */
export const oidcMemory = {
  begin(journey: Journey): void {
    sessionStorage.setItem(journeyPlace, JSON.stringify(journey));
  },

  /** @throws where nobody has asked the issuer */
  takeJourney(): Journey {
    const journey = JSON.parse(sessionStorage.getItem(journeyPlace) ?? 'null') as Journey | null;
    sessionStorage.removeItem(journeyPlace);
    if (journey === null) throw new Error('Nobody has asked for this answer');
    return journey;
  },

  signedIn(): void {
    sessionStorage.setItem(signedInPlace, 'yes');
    localStorage.removeItem(askPlace);
  },

  get wasSignedIn(): boolean {
    return sessionStorage.getItem(signedInPlace) !== null;
  },

  askNextTime(): void {
    localStorage.setItem(askPlace, 'yes');
  },

  get mustAsk(): boolean {
    return localStorage.getItem(askPlace) !== null;
  },
};

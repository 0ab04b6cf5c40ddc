/**
 * Why a token is asked for: for an ordinary request; because the last one was refused; or
 * because the last one is good, but its owner has to sign in again before anything is
 * revealed (REVEAL_AUTH_MAX_AGE_SECONDS).
 */
export type PrivateCredentialsTokenNeed = 'request' | 'expired' | 'sign-in';

/** Values to open the form with, such as a password found in an unsent reply. */
export interface PrivateCredentialsDraft {
  readonly username?: string;
  readonly password?: string;
  readonly link?: string;
  readonly additionalInformation?: string;
}

/** The element's events and their details. None holds a secret. */
export interface PrivateCredentialsEvents {
  'pc-submitted': { readonly credentialId: string };
  'pc-revealed': { readonly credentialIds: readonly string[] };
  'pc-destroyed': { readonly credentialIds: readonly string[] };
  'pc-taken': { readonly ticketId: string };
  'pc-ended': { readonly ticketId: string; readonly status: 'resolved' | 'closed' };
  /** `code` is one of the API's, or `unreachable`. */
  'pc-error': {
    readonly code: string;
    readonly status: number;
    readonly requestId: string | undefined;
  };
}

/** The API of <private-credentials> for host pages. */
export interface PrivateCredentialsElement extends HTMLElement {
  /** The ticket's id. Attribute `ticket`. */
  ticket: string;
  /**
   * Where the API is, such as https://credentials.example; empty is the origin of
   * the page. Attribute `api`.
   */
  api: string;
  /**
   * Whose view it shows. Attribute `as`. (`role` is taken: to a browser
   * it says what an element is.)
   */
  as: 'customer' | 'agent';
  /**
   * The bearer token, or a function that returns one and is called before each request.
   * Never an attribute.
   */
  token: string | ((need: PrivateCredentialsTokenNeed) => string | Promise<string>) | undefined;
  /**
   * Seconds until a reveal is hidden by itself, 300 by default.
   * Attribute `reveal-seconds`.
   */
  revealSeconds: number;
  /**
   * Seconds until a copied value is cleared from the clipboard, 45 by default.
   * Attribute `clipboard-seconds`.
   */
  clipboardSeconds: number;
  /**
   * Another language, such as the default export of `private-credentials.de.js`, or texts
   * of your own; what they leave out is English.
   */
  texts: object | undefined;
  /** Opens the customer's form. */
  openForm(draft?: PrivateCredentialsDraft): void;

  addEventListener<Name extends keyof PrivateCredentialsEvents>(
    type: Name,
    listener: (event: CustomEvent<PrivateCredentialsEvents[Name]>) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

declare global {
  interface HTMLElementTagNameMap {
    'private-credentials': PrivateCredentialsElement;
  }
}

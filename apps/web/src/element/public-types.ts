/** What a host page sees of <private-credentials>. */
export interface PrivateCredentialsElement extends HTMLElement {
  /** The ticket's id. Attribute `ticket`. */
  ticket: string;
}

declare global {
  interface HTMLElementTagNameMap {
    'private-credentials': PrivateCredentialsElement;
  }
}

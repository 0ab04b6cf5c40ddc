import { type KeyObject } from 'node:crypto';
import { type JWK } from 'jose';

/** The public half of a signing key, as it stands in a JWKS (RFC 7517): Ed25519, named by `kid`. */
export type PublicSigningKey = JWK & { readonly kid: string };

export interface PublicKeySet {
  readonly keys: readonly PublicSigningKey[];
}

export interface SigningKey {
  /** A UUIDv7, so keys sort by age. */
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: PublicSigningKey;
}

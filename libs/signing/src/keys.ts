import { type KeyObject } from 'node:crypto';
import { type JWK } from 'jose';

/**
 * The public half of a signing key, as it stands in a JWKS (RFC
 * 7517): Ed25519, named by `kid`.
 */
export type PublicSigningKey = JWK & { readonly kid: string };

export interface PublicKeySet {
  readonly keys: readonly PublicSigningKey[];
}

/** All of them, oldest first. Of two with the same `kid` the first one given counts. */
export function unionOfKeys(...sets: readonly (readonly PublicSigningKey[])[]): PublicSigningKey[] {
  const byId = new Map(
    [...sets].reverse().flatMap((keys) => keys.map((key) => [key.kid, key] as const)),
  );
  return [...byId.values()].sort((one, other) => (one.kid < other.kid ? -1 : 1));
}

export interface SigningKey {
  /** A UUIDv7, so keys sort by age. */
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: PublicSigningKey;
}

/**
 * A signing key, or a file of public ones, cannot be used; the message says what to do,
 * and never holds a byte of a private key.
 */
export class SigningKeyError extends Error {
  override readonly name = 'SigningKeyError';
}

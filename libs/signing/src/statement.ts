import { CompactSign, compactVerify, createLocalJWKSet, errors, type JSONWebKeySet } from 'jose';
import { type PublicKeySet, type SigningKey } from './keys.js';

const algorithm = 'EdDSA';

/**
 * @param type the kind of statement (`typ`), so that one kind never passes for another
 * @returns a compact JWS (RFC 7515), signed with Ed25519 (RFC 8037), that
 *   any JOSE library verifies
 */
export const signStatement = (
  { kid, privateKey }: SigningKey,
  type: string,
  claims: object,
): Promise<string> =>
  new CompactSign(Buffer.from(JSON.stringify(claims)))
    .setProtectedHeader({ alg: algorithm, kid, typ: type })
    .sign(privateKey);

/** A statement failed verification; the message says why. */
export class StatementError extends Error {
  override readonly name = 'StatementError';
}

/**
 * Needs no network: the keys are given.
 * @returns what was signed, and by which key
 * @throws StatementError when it is damaged, of another type, or signed by none of `keys`
 */
export async function readStatement(
  jws: string,
  type: string,
  keys: PublicKeySet,
): Promise<{ readonly kid: string; readonly claims: unknown }> {
  try {
    const known = createLocalJWKSet(keys as JSONWebKeySet);
    const { payload, protectedHeader } = await compactVerify(jws, known, {
      algorithms: [algorithm],
    });
    if (protectedHeader.typ !== type) throw new StatementError(`it is no ${type}`);
    return {
      kid: protectedHeader.kid ?? '',
      claims: JSON.parse(Buffer.from(payload).toString('utf8')) as unknown,
    };
  } catch (error) {
    throw error instanceof StatementError ? error : new StatementError(reasonOf(error));
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof errors.JWSSignatureVerificationFailed)
    return 'the signature does not fit what is signed';
  if (error instanceof errors.JWKSNoMatchingKey) return 'none of the keys made the signature';
  return 'it is no signed statement';
}

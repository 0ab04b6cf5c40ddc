import { SignJWT } from 'jose';
import { type Role } from '#contracts';
import { loadDevKey } from './dev-key.js';
import { type DevConfig } from './identity-config.js';

/** Lifetime of a development token, in seconds. */
export const devTokenLifetime = 8 * 3600;

/** Signs development tokens; exists only where `AUTH_MODE=dev` is allowed. */
export class DevTokenIssuer {
  private readonly key;

  constructor(private readonly config: DevConfig) {
    this.key = loadDevKey(config.keyFile).privateKey;
  }

  issue(sub: string, roles: readonly Role[], name?: string): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    return new SignJWT({ roles: [...roles], auth_time: now, ...(name !== undefined && { name }) })
      .setProtectedHeader({ alg: 'EdDSA', typ: 'JWT' })
      .setSubject(sub)
      .setIssuer(this.config.issuer)
      .setAudience(this.config.audience)
      .setIssuedAt()
      .setExpirationTime(`${devTokenLifetime}s`)
      .sign(this.key);
  }
}

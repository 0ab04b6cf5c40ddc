import { createPrivateKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { decodeJwt, type JWTPayload, SignJWT } from 'jose';
import { type System } from '../../e2e/system.js';
import { People } from '../../support/api.js';

/**
 * Development tokens, signed here: each that the gateway is
 * asked for counts in its limits.
 */
export class Tokens {
  private constructor(
    private readonly key: KeyObject,
    private readonly claims: JWTPayload,
  ) {}

  static async of(system: System): Promise<Tokens> {
    const { authorization = '' } = await new People(system.url).authorization('customer-0');
    const key = createPrivateKey(readFileSync(join(dirname(system.logsDir), 'dev-key.json')));
    return new Tokens(key, decodeJwt(authorization.replace('Bearer ', '')));
  }

  /**
   * @param actor whose role is the first word of their id: `customer-1`
   * @param more claims beside the usual
   */
  async authorization(actor: string, more: JWTPayload = {}): Promise<string> {
    const claims = {
      ...this.claims,
      sub: actor,
      roles: [actor.split('-')[0]],
      name: `Name of ${actor}`,
      ...more,
    };
    const unsigned = new SignJWT(claims).setProtectedHeader({ alg: 'EdDSA', typ: 'JWT' });
    return `Bearer ${await unsigned.sign(this.key)}`;
  }
}

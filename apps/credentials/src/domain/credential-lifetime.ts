import { Problem } from '#problem';

/**
 * The lifetime of a credential: by default, and at most, `CREDENTIAL_TTL_DAYS`. At least
 * 300 seconds: less is refused with the other faults of the body (`minExpiresIn`).
 */
export class CredentialLifetime {
  /** @param longest seconds */
  constructor(private readonly longest: number) {}

  /**
   * @param expiresIn seconds, as the body asks for
   * @throws Problem `invalid` where that is too long
   */
  of(expiresIn: number = this.longest): number {
    if (expiresIn <= this.longest) return expiresIn;
    throw new Problem('invalid', undefined, {
      errors: [
        {
          pointer: '/expiresIn',
          code: 'integer',
          detail: `must be at most ${this.longest} seconds`,
        },
      ],
    });
  }
}

import { Problem } from '#problem';

/** The lifetime of a credential: by default, and at most, `CREDENTIAL_TTL_DAYS`. */
export class CredentialLifetime {
  /** @param longest seconds */
  constructor(private readonly longest: number) {}

  /** @returns seconds */
  of(expiresIn: number | undefined): number {
    if (expiresIn === undefined || expiresIn <= this.longest) return expiresIn ?? this.longest;
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

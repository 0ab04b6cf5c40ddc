import { Problem } from '#problem';

/** How long a credential lives when nobody ends it: at most, and by default, what ops allow. */
export class CredentialLifetime {
  /** @param longest seconds */
  constructor(private readonly longest: number) {}

  /** @returns seconds */
  of(expiresIn: number | undefined): number {
    if (expiresIn === undefined || expiresIn <= this.longest) return expiresIn ?? this.longest;
    throw new Problem('invalid', undefined, {
      errors: [{ pointer: '/expiresIn', code: 'max', detail: `must be at most ${this.longest} seconds` }],
    });
  }
}

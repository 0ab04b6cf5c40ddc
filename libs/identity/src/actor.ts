import { type Role } from '#contracts';

/** Who is calling, as the verified token says. */
export interface Actor {
  /** The token's `sub`. */
  readonly id: string;
  readonly name: string | undefined;
  readonly roles: ReadonlySet<Role>;
  /** The caller's own token, forwarded to the other services. */
  readonly token: string;
  /**
   * When the person signed in, in seconds since the epoch (OpenID Connect Core, section 2: `auth_time`); undefined if the token does not
   * say.
   */
  readonly signedInAt: number | undefined;
  /** When the token ends, in seconds since the epoch. */
  readonly expiresAt: number;
}

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
   * When the person signed in, in seconds since the epoch (OpenID Connect Core, section
   * 2: `auth_time`); undefined if the token does not say.
   */
  readonly signedInAt: number | undefined;
  /**
   * Until when the token is accepted, in seconds since the epoch: its `exp`, and the
   * clock tolerance after that.
   */
  readonly expiresAt: number;
}

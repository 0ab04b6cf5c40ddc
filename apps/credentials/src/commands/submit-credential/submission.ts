import { type IdempotencyScope } from '#idempotency';
import { type Secret } from '../../custody/vault.js';

export interface Submission {
  readonly secret: Secret;
  /** Seconds until it expires. */
  readonly lifetime: number;
  readonly idempotency: IdempotencyScope | undefined;
}

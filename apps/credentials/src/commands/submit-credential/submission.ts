import { type SubmitCredentialRequest } from '#contracts';
import { type IdempotencyScope } from '#idempotency';

export interface Submission {
  readonly request: SubmitCredentialRequest;
  /** Seconds until it expires by itself. */
  readonly lifetime: number;
  readonly idempotency: IdempotencyScope | undefined;
}

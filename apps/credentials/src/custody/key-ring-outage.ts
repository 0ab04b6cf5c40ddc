import { KeyRingOutage } from '#envelope';
import { Problem } from '#problem';

/**
 * For the edge of the service: a ring that cannot be read is 503, with `Retry-After`;
 * undefined for any other error.
 */
export const keyRingOutage = (error: unknown): Problem | undefined =>
  error instanceof KeyRingOutage
    ? new Problem('unavailable', undefined, { cause: error, headers: { 'retry-after': '5' } })
    : undefined;

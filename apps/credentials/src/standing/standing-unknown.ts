import { doubtedHeader } from '#contracts';
import { Problem } from '#problem';
import { type LeasedStanding } from './standing-cache.js';
import { notUnderstood } from '../domain/standing-fault.js';

/** @param cause why the truth could not be had; for the log */
export const standingUnknown = (
  cause?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Problem =>
  new Problem('standing-unknown', undefined, {
    headers: { 'retry-after': '2', ...headers },
    cause,
  });

/**
 * @throws Problem `standing-unknown` where `tickets` is in doubt about the ticket itself
 */
export function requireCertain(standing: LeasedStanding): LeasedStanding {
  if (standing.doubted)
    throw standingUnknown(notUnderstood(standing.ticketId), { [doubtedHeader]: 'true' });
  return standing;
}

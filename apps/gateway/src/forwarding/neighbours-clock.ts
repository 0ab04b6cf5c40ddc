import { ClockWatch, compareClock, type Comparison, nearest } from '#clock';
import { type CredentialsOwner, type TicketsOwner } from './owners.js';

/** The `Date` of an answer has whole seconds (RFC 9110, section 5.6.7). */
const resolution = 1_000;

/**
 * Watches the clock of this process beside those of the services behind it, by the `Date`
 * of their answers, since a gateway has no database. One of them that is off itself says
 * so by its own database, so agreeing with any of them is enough.
 * @param owners asked for at every comparison
 * @param tolerance seconds
 */
export const neighboursClock = (
  owners: () => readonly (TicketsOwner | CredentialsOwner)[],
  tolerance: number,
): ClockWatch =>
  new ClockWatch(
    async () =>
      nearest((await Promise.all(owners().map(compareWith))).filter((one) => one !== undefined)),
    tolerance,
  );

const compareWith = (owner: TicketsOwner | CredentialsOwner): Promise<Comparison | undefined> =>
  compareClock(() => owner.time(), resolution).catch(() => undefined);

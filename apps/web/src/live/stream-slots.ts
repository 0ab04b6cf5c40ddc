/**
 * Streams that all tabs of one origin have open at most, whoever is signed in to them.
 * A browser over HTTP/1.1 has six connections to an origin for all its tabs; the
 * others are for everything else.
 */
const slots = [0, 1, 2];

/**
 * Runs this while it has one of the slots.
 * @returns whether there was one
 */
export async function inSlot(
  locks: LockManager | undefined,
  run: () => Promise<void>,
): Promise<boolean> {
  const take = async (lock: Lock | null) => lock !== null && run().then(() => true);
  for (const slot of slots)
    if (await locks?.request(`private-credentials slot ${slot}`, { ifAvailable: true }, take))
      return true;
  return locks === undefined && run().then(() => true);
}

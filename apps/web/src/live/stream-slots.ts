/**
 * The most streams that all tabs of one origin have open, whoever is signed in to them. A
 * browser over HTTP/1.1 has six connections to an origin; the rest are for requests.
 */
const slots = [0, 1, 2];

/**
 * Runs this while holding a slot.
 * @returns whether one was free
 */
export async function withStreamSlot(
  locks: LockManager | undefined,
  run: () => Promise<void>,
): Promise<boolean> {
  const runIfFree = async (lock: Lock | null) => lock !== null && run().then(() => true);
  for (const slot of slots)
    if (await locks?.request(`private-credentials slot ${slot}`, { ifAvailable: true }, runIfFree))
      return true;
  return locks === undefined && run().then(() => true);
}

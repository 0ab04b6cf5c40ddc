/**
 * Tries an assertion until it holds. For what happens a moment later: a fixed sleep would
 * be too short on a busy machine and too long on any other.
 * @param patience milliseconds; after that the last failure is thrown
 */
export async function eventually<T>(assertion: () => Promise<T>, patience = 10_000): Promise<T> {
  const deadline = performance.now() + patience;
  for (;;) {
    try {
      return await assertion();
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}

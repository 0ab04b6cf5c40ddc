/** Waits until `work` has settled, however it did, but at most `ms` milliseconds. */
export async function within(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
  await Promise.race([timeout, work.catch(() => undefined)]);
  clearTimeout(timer);
}

/**
 * Waits for `work`, but at most `ms` milliseconds. A later result or error is ignored.
 * @returns what it resolved to; undefined when it was late
 * @throws what it rejected with in time
 */
export async function within<T>(ms: number, work: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => {
      resolve(undefined);
    }, ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Waits until `work` has settled, however it did, but at most `ms` milliseconds.
 * @returns whether it settled in time
 */
export async function settlesWithin(ms: number, work: Promise<unknown>): Promise<boolean> {
  const settled = () => true;
  return (await within(ms, work.then(settled, settled))) ?? false;
}

import { trace } from '@opentelemetry/api';

/** The most that the last traces may hold up the end of the process, in ms. */
const patience = 1000;

/** Sends the traces that wait to be sent. Resolves at once where there is no tracing, and late rather than never where nobody takes them. */
export async function flushTraces(): Promise<void> {
  const registered = trace.getTracerProvider() as { getDelegate?: () => object };
  const provider = registered.getDelegate?.() ?? registered;
  const { shutdown } = provider as { shutdown?: () => Promise<void> };
  if (shutdown === undefined) return;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, patience);
  });
  await Promise.race([shutdown.call(provider).catch(() => undefined), late]);
  clearTimeout(timer);
}

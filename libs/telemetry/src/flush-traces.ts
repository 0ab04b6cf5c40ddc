import { trace } from '@opentelemetry/api';
import { settlesWithin } from '#waiting';

/** The most that the last traces may hold up the end of the process, in ms. */
const patience = 1000;

/** Sends the traces that wait to be sent. Resolves at once where there is no tracing, and late rather than never where nobody takes them. */
export async function flushTraces(): Promise<void> {
  const registered = trace.getTracerProvider() as { getDelegate?: () => object };
  const provider = registered.getDelegate?.() ?? registered;
  const { shutdown } = provider as { shutdown?: () => Promise<void> };
  if (shutdown !== undefined) await settlesWithin(patience, shutdown.call(provider));
}

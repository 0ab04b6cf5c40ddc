import { trace } from '@opentelemetry/api';
import { settlesWithin } from '#waiting';

/** How long sending the last traces may delay the end of the process, in ms. */
const timeoutMs = 1000;

/**
 * Sends pending traces. Resolves at once without tracing, and after a time limit if the
 * collector does not accept them.
 */
export async function flushTraces(): Promise<void> {
  const registered = trace.getTracerProvider() as { getDelegate?: () => object };
  const provider = registered.getDelegate?.() ?? registered;
  const { shutdown } = provider as { shutdown?: () => Promise<void> };
  if (shutdown !== undefined) await settlesWithin(timeoutMs, shutdown.call(provider));
}

/**
 * Loaded before everything else, `node --import …/preload.js`, because instrumentation
 * must see modules when they are first loaded. Does nothing and imports nothing unless
 * the standard variables of OpenTelemetry enable traces.
 */
const {
  OTEL_EXPORTER_OTLP_ENDPOINT,
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT,
  OTEL_TRACES_EXPORTER,
  OTEL_SDK_DISABLED,
} = process.env;
const asked = [
  OTEL_EXPORTER_OTLP_ENDPOINT,
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT,
  OTEL_TRACES_EXPORTER,
].some((value) => value !== undefined && value !== '' && value !== 'none');

if (asked && OTEL_TRACES_EXPORTER !== 'none' && OTEL_SDK_DISABLED !== 'true') {
  const { startTracing } = await import('./tracing.js');
  startTracing();
}

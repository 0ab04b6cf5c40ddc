import { register } from 'node:module';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { registerInstrumentations } from '@opentelemetry/instrumentation';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg';
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';
import { defaultResource, detectResources, envDetector } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ConsoleSpanExporter,
  NodeTracerProvider,
  type ReadableSpan,
} from '@opentelemetry/sdk-trace-node';

/** Drops error texts and query strings, as the log does: they may hold user input. */
class DiscreetSpanProcessor extends BatchSpanProcessor {
  override onEnd(span: ReadableSpan): void {
    delete span.status.message;
    delete span.attributes['url.query'];
    const url = span.attributes['url.full'];
    if (typeof url === 'string') span.attributes['url.full'] = url.replace(/\?.*/, '');
    for (const { attributes } of span.events) {
      if (attributes === undefined) continue;
      delete attributes['exception.message'];
      delete attributes['exception.stacktrace'];
    }
    super.onEnd(span);
  }
}

/**
 * Traces of HTTP (both directions) and SQL, sent as the standard variables say
 * (`OTEL_EXPORTER_OTLP_ENDPOINT`, `OTEL_SERVICE_NAME`, …). No instrumentation here
 * captures headers, bodies or the values of statements, which is each one's default;
 * nothing may switch that on.
 */
export function startTracing(): void {
  register('@opentelemetry/instrumentation/hook.mjs', import.meta.url);
  const exporter =
    process.env.OTEL_TRACES_EXPORTER === 'console'
      ? new ConsoleSpanExporter()
      : new OTLPTraceExporter();
  const provider = new NodeTracerProvider({
    resource: defaultResource().merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [new DiscreetSpanProcessor(exporter)],
  });
  provider.register();
  registerInstrumentations({
    tracerProvider: provider,
    instrumentations: [
      new HttpInstrumentation({
        ignoreIncomingRequestHook: ({ url = '' }) => /^\/(livez|readyz|metrics)\b/.test(url),
      }),
      new UndiciInstrumentation({ requireParentforSpans: true }),
      new PgInstrumentation({ requireParentSpan: true, enhancedDatabaseReporting: false }),
    ],
  });
}

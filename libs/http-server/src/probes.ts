import { type FastifyInstance } from 'fastify';
import { type Metrics, type Readiness } from '#telemetry';

const open = { config: { public: true } };

/** Probes of every service: is the process alive, can it serve requests. */
export function addProbes(
  fastify: FastifyInstance,
  readiness: Readiness,
  isStopping: () => boolean,
): void {
  fastify.get('/livez', open, () => ({ status: 'ok' }));
  fastify.get('/readyz', open, async (_request, reply) => {
    const { ready, checks, reasons } = await readiness.report();
    const able = ready && !isStopping();
    return reply.code(able ? 200 : 503).send({
      status: able ? 'ready' : isStopping() ? 'stopping' : 'not-ready',
      checks,
      ...(Object.keys(reasons).length > 0 && { reasons }),
    });
  });
}

/** What the service measures, for Prometheus. */
export function addMetricsRoute(fastify: FastifyInstance, metrics: Metrics): void {
  fastify.get('/metrics', open, async (_request, reply) =>
    reply.type(metrics.contentType).send(await metrics.text()),
  );
}

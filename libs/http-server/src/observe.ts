import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { remedies } from '#identity';
import { type Log, type LogFields, type Metrics } from '#telemetry';

/** Routes that probes call every few seconds. */
const probed = new Set(['/livez', '/readyz', '/metrics']);

/**
 * The pattern of the matched route, so that neither log nor metrics hold ids or queries.
 */
const routeOf = (request: FastifyRequest): string =>
  request.is404 ? 'unknown' : (request.routeOptions.url ?? 'unknown');

/** The request id on every response; a log line and a duration for every request. */
export function observe(fastify: FastifyInstance, log: Log, metrics: Metrics): void {
  const duration = metrics.histogram({
    name: 'http_server_request_duration_seconds',
    help: 'From the head of the request to the end of the response',
    labels: ['method', 'route', 'status'],
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id);
    done();
  });
  fastify.addHook('onResponse', (request: FastifyRequest, reply: FastifyReply, done) => {
    const route = routeOf(request);
    const { statusCode: status, elapsedTime: durationMs } = reply;
    duration.observe({ method: request.method, route, status }, durationMs / 1000);
    const facts = {
      requestId: request.id,
      method: request.method,
      route,
      status,
      durationMs: Math.round(durationMs * 100) / 100,
    };
    const actor = request.actor === null ? {} : { actorId: request.actor.id };
    log[isRoutine(request, status) ? 'debug' : 'info']('request', {
      ...facts,
      ...actor,
      ...faultOf(request),
    });
    done();
  });
}

const isRoutine = (request: FastifyRequest, status: number): boolean =>
  probed.has(routeOf(request)) || (request.routeOptions.config.polled === true && status < 400);

function faultOf({ tokenFault }: FastifyRequest): LogFields {
  if (tokenFault === null) return {};
  const text = remedies[tokenFault.reason];
  return { ...tokenFault, ...(text !== undefined && { text }) };
}

import { type FastifyInstance } from 'fastify';
import { addressOf, type TrustedProxies } from '#http-server';
import { type Log } from '#telemetry';

const remedies = {
  off:
    'TRUST_PROXY is false, so all who come by the proxy in front share one limit and are ' +
    'logged with its address: set it to the number of proxies in front, or to their ' +
    'addresses',
  others:
    'TRUST_PROXY names other proxies than this peer: if it is one of yours, add its address or ' +
    'network',
};

/**
 * Says, once, that somebody writes `X-Forwarded-For` and is not believed: mostly a proxy
 * that `TRUST_PROXY` does not know of.
 */
export function warnOfUnbelievedProxy(
  fastify: FastifyInstance,
  trusted: TrustedProxies,
  log: Log,
): void {
  let hasWarned = false;
  fastify.addHook('onRequest', (request, _reply, done) => {
    if (
      !hasWarned &&
      request.headers['x-forwarded-for'] !== undefined &&
      (request.ips ?? []).length < 2
    ) {
      hasWarned = true;
      log.warn('X-Forwarded-For is not believed', {
        peer: addressOf(request),
        text: trusted === false ? remedies.off : remedies.others,
      });
    }
    done();
  });
}

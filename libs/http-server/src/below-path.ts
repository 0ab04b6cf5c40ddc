import { type IncomingMessage } from 'node:http';

/**
 * Fastify's `rewriteUrl` for a service that is reached below a path: a proxy may take
 * that off or leave it, and either means the same.
 * @param path such as `/desk`
 */
export function withoutPath(path: string): (request: Pick<IncomingMessage, 'url'>) => string {
  return ({ url = '/' }) => {
    const rest = url.startsWith(path) ? url.slice(path.length) : undefined;
    if (rest === undefined || !/^([/?]|$)/.test(rest)) return url;
    return rest.startsWith('/') ? rest : `/${rest}`;
  };
}

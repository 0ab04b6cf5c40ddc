import { Problem } from '#problem';
import { type Upstream, type UpstreamRequest } from './upstream.js';

export interface Question<Answer> {
  readonly method: UpstreamRequest['method'];
  readonly path: string;
  readonly body?: unknown;
  /** A service token, see `serviceTokens` of #identity. */
  readonly token: string;
  readonly requestId?: string | undefined;
  /** Validates the answer; throws if it has another shape. */
  readonly parse: (document: unknown) => Answer;
}

/**
 * A query from one of our services to another. It changes nothing, so it may arrive twice.
 * @throws Problem `unavailable` when there is no answer, or one that is not 2xx or not what `parse` accepts
 */
export async function askJson<Answer>(upstream: Upstream, question: Question<Answer>): Promise<Answer> {
  const { method, path, body, token, requestId, parse } = question;
  const answer = await upstream.request({
    method,
    path,
    isQuestion: true,
    headers: {
      authorization: `Bearer ${token}`,
      ...(requestId !== undefined && { 'x-request-id': requestId }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    body: body === undefined ? undefined : Buffer.from(JSON.stringify(body)),
  });
  if (answer.status < 200 || answer.status > 299) throw useless(upstream, `answered ${answer.status}`);
  try {
    return parse(JSON.parse(answer.body.toString('utf8')));
  } catch (error) {
    throw useless(upstream, 'answered something else than was asked for', error);
  }
}

const useless = ({ name }: Upstream, what: string, cause?: unknown): Problem =>
  new Problem('unavailable', `The ${name} service ${what}`, { cause, headers: { 'retry-after': '2' } });

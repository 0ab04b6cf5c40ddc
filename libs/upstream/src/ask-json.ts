import { Problem } from '#problem';
import { type UpstreamAnswer } from './exchange.js';
import { type Upstream, type UpstreamRequest } from './upstream.js';

/** Who has the token for a question: `serviceTokens` of #identity. */
interface Tokens {
  get(): Promise<string>;
  /** Told what became of a token; a refused one may be replaced, if `refused` says so. */
  accepted(): void;
  refused(token: string): boolean;
}

export interface Question<Answer> {
  readonly method: UpstreamRequest['method'];
  readonly path: string;
  readonly body?: unknown;
  readonly tokens: Tokens;
  readonly requestId?: string | undefined;
  /** Validates the answer; throws if it has another shape. */
  readonly parse: (document: unknown) => Answer;
  /**
   * What a 404 means: the other service is of a release that does not know the question
   * yet. Without it, a 404 is no answer.
   */
  readonly absent?: Answer;
}

/**
 * A query from one of our services to another. It changes
 * nothing, so it may arrive twice.
 * @throws Problem `unavailable` when there is no answer, or one that is not 2xx or
 *   not what `parse` accepts
 */
export async function askJson<Answer>(
  upstream: Upstream,
  question: Question<Answer>,
): Promise<Answer> {
  const answer = await askByToken(upstream, question);
  if (answer.status === 404 && question.absent !== undefined) return question.absent;
  if (answer.status < 200 || answer.status > 299)
    throw useless(upstream, `answered ${answer.status}`);
  try {
    return question.parse(JSON.parse(answer.body.toString('utf8')));
  } catch (error) {
    throw useless(upstream, 'answered something else than was asked for', error);
  }
}

/**
 * A token that is refused is replaced once: what was wrong with it, such as a retired
 * key, a new one may not have.
 */
async function askByToken<Answer>(
  upstream: Upstream,
  question: Question<Answer>,
): Promise<UpstreamAnswer> {
  const { tokens } = question;
  const ask = async (isLast: boolean): Promise<UpstreamAnswer> => {
    const token = await tokens.get();
    const answer = await send(upstream, question, token);
    if (!isRefusal(answer)) tokens.accepted();
    else if (tokens.refused(token) && !isLast) return ask(true);
    return answer;
  };
  return ask(false);
}

const isRefusal = ({ status }: UpstreamAnswer): boolean => status === 401 || status === 403;

const send = <Answer>(
  upstream: Upstream,
  { method, path, body, requestId }: Question<Answer>,
  token: string,
): Promise<UpstreamAnswer> =>
  upstream.request({
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

const useless = ({ name }: Upstream, what: string, cause?: unknown): Problem =>
  new Problem('unavailable', `The ${name} service ${what}`, {
    cause,
    headers: { 'retry-after': '2' },
  });

import { ApiProblem } from '../api/problem.js';
import { type TokenNeed, type TokenSource } from '../api/token.js';

/**
 * The same source for a stream: a token that cannot be got is as good as a refused one,
 * since another tab may have a better one.
 */
export const orRefused =
  (token: (need: TokenNeed) => Promise<string>): TokenSource =>
  (need) =>
    token(need).catch(() => {
      throw new ApiProblem('unauthenticated', 401, '', undefined);
    });

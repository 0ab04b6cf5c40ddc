import { ApiProblem } from '../api/problem.js';
import { type TokenNeed, type TokenSource } from '../api/token.js';

/**
 * For a stream, a token that cannot be had counts as one that was refused: then another
 * tab, whose token may be good, takes the lead.
 */
export const missingAsRefused =
  (token: (need: TokenNeed) => Promise<string>): TokenSource =>
  (need) =>
    token(need).catch(() => {
      throw new ApiProblem('unauthenticated', 401, '', undefined);
    });

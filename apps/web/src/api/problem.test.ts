import { describe, expect, it } from '@jest/globals';
import { problemOf, toProblem } from './problem.js';

const answered = (status: number, headers: Record<string, string> = {}) =>
  new Response(null, { status, headers });

describe('ApiProblem', () => {
  it('a problem has the code of the API, and the fault of each field by its name', () => {
    const document = {
      code: 'invalid',
      detail: 'd',
      requestId: 'r',
      errors: [{ pointer: '/link', code: 'link', detail: 'must be a URL' }],
    };
    const problem = problemOf(answered(422), document);
    expect(problem).toMatchObject({ code: 'invalid', status: 422, requestId: 'r' });
    expect([problem.faultOf('link')?.detail, problem.faultOf('username')]).toEqual([
      'must be a URL',
      undefined,
    ]);
  });

  it('the code of a problem is guessed from the status if a proxy has answered', () => {
    const codes = [401, 429, 502, 418].map((status) => problemOf(answered(status), '<html>').code);
    expect(codes).toEqual(['unauthenticated', 'rate-limited', 'unavailable', 'internal']);
    expect(problemOf(answered(503, { 'retry-after': '7' }), undefined).retryAfter).toBe(7);
  });

  it('a call without an answer is the problem unreachable', () => {
    expect(toProblem(new TypeError('Failed to fetch'))).toMatchObject({
      code: 'unreachable',
      status: 0,
    });
  });
});

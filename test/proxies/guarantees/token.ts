import { expect, it } from '@jest/globals';
import { type Before } from '../harness/before.js';

/** What else a browser sends: a host may have cookies of its own. */
const cookie = `theme=${'c'.repeat(1200)}`;

export function takesLongTokens({ street, product }: Before): void {
  it.each([8, 12, 14])(
    'takes a token of %i kB, as people in many groups have',
    async (kilobytes) => {
      // In base64url three characters are four, and the usual claims and the
      // signature take some hundreds.
      const authorization = await street().tokens.authorization('customer-1', {
        groups: 'g'.repeat(kilobytes * 750 - 300),
      });
      expect(authorization.length).toBeGreaterThan(kilobytes * 980);
      const answer = await street()
        .caller(product)
        .call(null, 'GET', '/v1/tickets', undefined, { authorization, cookie });
      expect(answer.status).toBe(200);
    },
  );
}

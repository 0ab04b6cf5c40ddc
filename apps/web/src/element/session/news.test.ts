import { expect, it } from '@jest/globals';
import { newsOf } from './news.js';

it('news are the status and what was destroyed, and nothing that is made of something else', () => {
  expect(newsOf({ type: 'ticket', data: { status: 'resolved' } })).toEqual({
    status: 'resolved',
    destroyed: [],
  });
  expect(newsOf({ type: 'ticket', data: { status: 'gone' } })).toEqual({
    status: undefined,
    destroyed: [],
  });
  expect(newsOf({ type: 'credentials.destroyed', data: { credentialIds: ['a', 7] } })).toEqual({
    status: undefined,
    destroyed: ['a'],
  });
  expect(
    newsOf({ type: 'credential.revealed', data: { status: 'resolved', credentialIds: ['a'] } })
      .destroyed,
  ).toEqual([]);
  expect(newsOf({ type: 'ticket', data: null })).toEqual({ status: undefined, destroyed: [] });
});

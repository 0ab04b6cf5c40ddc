import { expect, it } from '@jest/globals';
import { urgentChangeOf } from './urgent-change.js';

it('only a known status and the ids of destroyed credentials are shown at once', () => {
  expect(urgentChangeOf({ type: 'ticket', data: { status: 'resolved' } })).toEqual({
    status: 'resolved',
    destroyed: [],
  });
  expect(urgentChangeOf({ type: 'ticket', data: { status: 'gone' } })).toEqual({
    status: undefined,
    destroyed: [],
  });
  expect(
    urgentChangeOf({ type: 'credentials.destroyed', data: { credentialIds: ['a', 7] } }),
  ).toEqual({
    status: undefined,
    destroyed: ['a'],
  });
  expect(
    urgentChangeOf({
      type: 'credential.revealed',
      data: { status: 'resolved', credentialIds: ['a'] },
    }).destroyed,
  ).toEqual([]);
  expect(urgentChangeOf({ type: 'ticket', data: null })).toEqual({
    status: undefined,
    destroyed: [],
  });
});

import { describe, expect, it } from '@jest/globals';
import { mayWithdraw } from './who-may-withdraw.js';

describe('who may withdraw a credential', () => {
  it('is who submitted it, and nobody else', () => {
    expect(mayWithdraw({ id: 'ann' }, { submittedBy: 'ann' })).toBe(true);
    expect(mayWithdraw({ id: 'bob' }, { submittedBy: 'ann' })).toBe(false);
  });
});

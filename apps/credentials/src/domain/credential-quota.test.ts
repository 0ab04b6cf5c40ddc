import { describe, expect, it } from '@jest/globals';
import { requireRoomForOne } from './credential-quota.js';

describe('the quota of credentials', () => {
  it('lets a ticket hold fifty live credentials, and not one more', () => {
    expect(() => {
      requireRoomForOne(49);
    }).not.toThrow();
    expect(() => {
      requireRoomForOne(50);
    }).toThrow(expect.objectContaining({ code: 'too-many' }));
  });
});

import { describe, expect, it } from '@jest/globals';
import { requireNoCoreField } from './core-fields.js';

const refusal = (edit: unknown): unknown => {
  try {
    requireNoCoreField(edit);
    return undefined;
  } catch (error) {
    return error;
  }
};

describe('the core fields of a credential', () => {
  it.each(['username', 'password', 'link'])('lets no edit name %s, even with null', (field) => {
    expect(refusal({ additionalInformation: 'new', [field]: null })).toMatchObject({
      code: 'immutable-field',
      errors: [{ pointer: `/${field}`, code: 'immutable' }],
    });
  });

  it('says nothing of an edit that names none, or that is no object', () => {
    for (const edit of [{ additionalInformation: 'new' }, {}, null, undefined, 'username', []])
      expect(refusal(edit)).toBeUndefined();
  });
});

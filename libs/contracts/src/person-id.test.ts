import { describe, expect, it } from '@jest/globals';
import { personFault } from './person-id.js';

describe('the id of a person', () => {
  it.each([
    'alice',
    'ann lee',
    'Ünal',
    'auth0|5f7c8ec7c33c6c004bbafe82',
    'ann@desk.example',
    '7',
    'x'.repeat(255),
    '🔑'.repeat(255),
    '田中',
  ])('may be %j', (id) => {
    expect(personFault(id)).toBeUndefined();
  });

  it.each([
    ['alice ', 'space'],
    [' alice', 'space'],
    ['alice\n', 'space'],
    ['\u00a0alice', 'space'],
    ['alice\u3000', 'space'],
    ['\ufeffalice', 'space'],
    ['ali\u0007ce', 'control'],
    ['ali\nce', 'control'],
    ['ali\u0085ce', 'control'],
    ['ali\u200bce', 'invisible'],
    ['ali\u200dce', 'invisible'],
    ['ali\u00adce', 'invisible'],
    ['ali\u202ece', 'invisible'],
    ['ali\u2066ce', 'invisible'],
    ['ali\u2028ce', 'invisible'],
    ['ali\u3164ce', 'invisible'],
    ['ali\u{e0041}ce', 'invisible'],
    ['ali\0ce', 'NUL'],
    ['\ud800', 'well-formed'],
    ['', '1 to 255'],
    ['x'.repeat(256), '1 to 255'],
    [7, 'string'],
    [null, 'string'],
  ])('may not be %j', (id, word) => {
    expect(personFault(id)).toMatch(word);
  });
});

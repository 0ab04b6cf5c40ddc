import { describe, expect, it } from '@jest/globals';
import { parseHomes } from './parse-homes.js';
import { RefusedEventError } from './refused-event.js';

const desk = { '/legacy-desk': { prefix: 'legacy:' } };

describe('the homes of HELPDESK_HOMES', () => {
  const homes = parseHomes({
    ...desk,
    'https://desk.example/eu': { prefix: 'eu.', user: 'eu-desk' },
  });
  const vouched = (source: string, ticketId: string, userId?: string) => () => {
    homes.requireTrustedSource({ source, ticketId }, userId);
  };

  it('may each speak of the tickets with their prefix, as their broker user where they have one', () => {
    expect(vouched('/legacy-desk', 'legacy:1')).not.toThrow();
    expect(vouched('/legacy-desk', 'legacy:1', 'anybody')).not.toThrow();
    expect(vouched('https://desk.example/eu', 'eu.1', 'eu-desk')).not.toThrow();
  });

  it('may each have words of their own for a status, which count before ours, and in any case', () => {
    const words = {
      Solved: 'resolved',
      Geschlossen: 'closed',
      'ge\u0301lo\u0308st': 'resolved',
      5: 'closed',
      closed: 'on_hold',
    };
    const { statuses } = parseHomes({
      '/desk': { prefix: 'd:', statuses: words },
    }).requireTrustedSource({ source: '/desk', ticketId: 'd:1' }, '');
    const received = [
      'SOLVED',
      'geschlossen',
      'GÉLÖST',
      '5',
      'Closed',
      'Open',
      'ON_HOLD',
      'merged',
      '__proto__',
      '',
    ];
    expect(received.map((word) => statuses.read(word))).toEqual([
      'resolved',
      'closed',
      'resolved',
      'closed',
      'on_hold',
      'open',
      'on_hold',
      undefined,
      undefined,
      undefined,
    ]);
  });

  it.each([
    ['/other', 'legacy:1', undefined, 'the source is no home that is mirrored here'],
    ['/tickets', 'legacy:1', undefined, 'the source is no home that is mirrored here'],
    ['__proto__', 'legacy:1', undefined, 'the source is no home that is mirrored here'],
    ['/legacy-desk', 'eu.1', undefined, "data.ticketId does not begin with the home's prefix"],
    [
      '/legacy-desk',
      '0190a5d0-0000-7000-8000-000000000001',
      undefined,
      "data.ticketId does not begin with the home's prefix",
    ],
    ['/legacy-desk', 'LEGACY:1', undefined, "data.ticketId does not begin with the home's prefix"],
    [
      'https://desk.example/eu',
      'eu.1',
      undefined,
      "user_id is not the broker user of the source's home",
    ],
    [
      'https://desk.example/eu',
      'eu.1',
      'tickets',
      "user_id is not the broker user of the source's home",
    ],
  ])(
    '%s with %s by user %s is refused by the name of the rule',
    (source, ticketId, userId, rule) => {
      expect(vouched(source, ticketId, userId)).toThrow(new RefusedEventError(rule));
    },
  );
});

describe('parseHomes', () => {
  it('may name no homes at all', () => {
    expect(() => parseHomes({})).not.toThrow();
  });

  it.each([
    'legacy:',
    'z',
    '7g',
    'abcdefab_',
    '0190a5d0-0000-7000-8000-000000000001-',
    'L'.repeat(127),
  ])('takes the prefix %s', (prefix) => {
    expect(() => parseHomes({ '/a': { prefix } })).not.toThrow();
  });

  it.each(['a', '0190', 'DEAD', 'abcdefab-', '0190a5d0-0000-7000-8000-000000000001'])(
    'refuses the prefix %s, which could begin a UUID',
    (prefix) => {
      expect(() => parseHomes({ '/a': { prefix } })).toThrow(/UUID/);
    },
  );

  const faulty: readonly (readonly [string, unknown, RegExp])[] = [
    ['a list', [desk], /^must be a JSON object/],
    ['text', 's3cret', /^must be a JSON object/],
    ['null', null, /^must be a JSON object/],
    ['our own home', { '/tickets': { prefix: 's3cret:' } }, /^must not have \/tickets,/],
    ['an empty source', { '': { prefix: 's3cret:' } }, /^must have sources/],
    ['a source with a space', { '/s3cret desk': { prefix: 's3cret:' } }, /^must have sources/],
    ['a home that is text', { '/s3cret': 's3cret:' }, /^must have an object/],
    ['a home that is a list', { '/s3cret': ['s3cret:'] }, /^must have an object/],
    ['no prefix', { '/s3cret': {} }, /^must have a prefix/],
    ['an empty prefix', { '/s3cret': { prefix: '' } }, /^must have a prefix/],
    ['a prefix that is no text', { '/s3cret': { prefix: 7 } }, /^must have a prefix/],
    ['a prefix outside the alphabet', { '/s3cret': { prefix: 's3cret/' } }, /^must have a prefix/],
    [
      'a prefix that begins with a colon',
      { '/s3cret': { prefix: ':s3cret' } },
      /^must have a prefix/,
    ],
    [
      'a prefix that leaves no room for an id',
      { '/s3cret': { prefix: 's'.repeat(128) } },
      /^must have a prefix/,
    ],
    [
      'an unknown key',
      { '/s3cret': { prefix: 's3cret:', users: 's3cret' } },
      /^must have nothing but prefix, user and statuses/,
    ],
    ['an empty user', { '/s3cret': { prefix: 's3cret:', user: '' } }, /^must have a user/],
    ['null for a user', { '/s3cret': { prefix: 's3cret:', user: null } }, /^must have a user/],
    [
      'statuses that are a list',
      { '/s3cret': { prefix: 's3cret:', statuses: ['s3cret'] } },
      /^must have an object of statuses/,
    ],
    [
      'null for statuses',
      { '/s3cret': { prefix: 's3cret:', statuses: null } },
      /^must have an object of statuses/,
    ],
    [
      'a status that is none',
      { '/s3cret': { prefix: 's3cret:', statuses: { solved: 's3cret' } } },
      /^must have statuses that are each/,
    ],
    [
      'a status in another case',
      { '/s3cret': { prefix: 's3cret:', statuses: { solved: 'Closed' } } },
      /^must have statuses that are each/,
    ],
    [
      'a word twice',
      { '/s3cret': { prefix: 's3cret:', statuses: { s3cret: 'closed', S3CRET: 'open' } } },
      /^must not have two words for statuses/,
    ],
    [
      'the same prefix twice',
      { '/s3cret': { prefix: 's3cret:' }, '/b': { prefix: 's3cret:' } },
      /^must not have a prefix that is/,
    ],
    [
      'a prefix that begins another',
      {
        '/s3cret': { prefix: 's3cret:' },
        '/b': { prefix: 's3cret:eu-' },
        '/c': { prefix: 's3cret-' },
      },
      /^must not have a prefix that is/,
    ],
  ];

  it.each(faulty)('refuses %s by a rule, without a value', (_name, document, rule) => {
    expect(() => parseHomes(document)).toThrow(rule);
    expect(() => parseHomes(document)).not.toThrow(/s3cret/);
  });
});

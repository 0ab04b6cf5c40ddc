import { beforeAll, describe, expect, it } from '@jest/globals';
import { stage } from './shared-stage.js';

const day = 86_400;
const secret = { username: 'u', password: 'p' };
/**
 * A character is a code point, as JSON Schema's maxLength counts: this one has two
 * UTF-16 units and four bytes.
 */
const wide = '🔑';
const link = 'https://shop.example/';

interface Call {
  readonly actor: string;
  readonly method: string;
  /** Beneath the ticket; undefined is the list of tickets. */
  readonly path?: (credentialId: string) => string;
  readonly rest?: object;
}
const open: Call = { actor: 'customer-1', method: 'POST' };
const submit: Call = {
  actor: 'customer-1',
  method: 'POST',
  path: () => '/credentials',
  rest: secret,
};
const reply: Call = { actor: 'customer-1', method: 'POST', path: () => '/replies' };
const ask: Call = { actor: 'agent-1', method: 'POST', path: () => '/credential-requests' };
const reveal: Call = { actor: 'agent-1', method: 'POST', path: () => '/credentials/reveal' };
const edit: Call = { actor: 'agent-1', method: 'PATCH', path: (id) => `/credentials/${id}` };
const take: Call = { actor: 'agent-1', method: 'PATCH', path: () => '' };
const openFor: Call = { actor: 'agent-1', method: 'POST', rest: { subject: 's' } };

/** docs/contract.md, "Limits": the shortest and the longest text of each field. */
const texts: readonly (readonly [string, Call, number, number])[] = [
  ['subject', open, 1, 200],
  ['description', { ...open, rest: { subject: 's' } }, 0, 10_000],
  ['body', reply, 1, 10_000],
  ['message', ask, 0, 1000],
  ['reason', reveal, 0, 500],
  ['username', submit, 1, 512],
  ['password', submit, 1, 4096],
  ['additionalInformation', submit, 0, 8192],
  ['additionalInformation', edit, 0, 8192],
  ['requesterId', openFor, 1, 255],
  ['assigneeId', take, 0, 255],
];

let ticket: string;
let one: string;
/** Each block has a ticket with a credential, which many a value may be sent to. */
const withTicket = () => {
  beforeAll(async () => {
    const { credentials, ...made } = await stage.ticket();
    const { body } = await stage.call('customer-1', 'POST', credentials, secret);
    [ticket, one] = [made.ticket, body.id as string];
  });
};

/** @returns the status, and the names of the faulty fields */
async function put(
  { actor, method, path, rest }: Call,
  fields: object,
): Promise<[number, ...string[]]> {
  const url = path === undefined ? '/v1/tickets' : ticket + path(one);
  const { status, body } = await stage.call(
    actor,
    method,
    url,
    { ...rest, ...fields },
    { 'if-match': '*' },
  );
  return [status, ...((body.errors ?? []) as { pointer: string }[]).map(({ pointer }) => pointer)];
}
const succeeds = async (place: Call, fields: object) => {
  expect([200, 201]).toContain((await put(place, fields))[0]);
};

describe.each(
  texts.map(([field, place, min, max]) => ({
    field,
    place,
    min,
    max,
    at: `${place.method} by ${place.actor}`,
  })),
)('$field ($at)', ({ field, place, min, max }) => {
  withTicket();

  it(`has ${min} to ${max} characters`, async () => {
    await succeeds(place, { [field]: 'x'.repeat(min) });
    await succeeds(place, { [field]: 'x'.repeat(max) });
    expect(await put(place, { [field]: 'x'.repeat(max + 1) })).toEqual([422, `/${field}`]);
    if (min > 0) expect(await put(place, { [field]: '' })).toEqual([422, `/${field}`]);
  });

  it('is counted in characters, not in bytes', async () => {
    await succeeds(place, { [field]: wide.repeat(max) });
    expect(await put(place, { [field]: wide.repeat(max + 1) })).toEqual([422, `/${field}`]);
  });

  it('is refused where it is no text', async () => {
    for (const value of [1, true, {}, ['x']])
      expect(await put(place, { [field]: value })).toEqual([422, `/${field}`]);
  });
});

describe('link', () => {
  withTicket();
  const fits = 2048 - link.length;
  it.each([
    ['short', link],
    ['unencoded', `${link}?q=a b#ü`],
    ['as long as it may be', link + 'x'.repeat(fits)],
    ['as long and wide as it may be', link + wide.repeat(fits)],
    ['null', null],
    ['empty', ''],
    ['of a host that reads like another', 'https://аpple.com'],
  ])('may be %s', async (_name, value) => {
    await succeeds(submit, { link: value });
  });

  it.each([
    ['no URL', 'shop'],
    ['of another scheme', 'ftp://shop.example'],
    ['script', 'javascript:alert(1)'],
    ['with a user', 'https://a@shop.example'],
    ['with a control character', `${link}\u0001`],
    ['turned around', `${link}\u202emoc.knab//:sptth`],
    ['with an invisible character', `${link}\u200b`],
    ['longer than it may be', link + 'x'.repeat(fits + 1)],
    ['a number', 7],
  ])('may not be %s', async (_name, value) => {
    expect(await put(submit, { link: value })).toEqual([422, '/link']);
  });
});

describe('expiresIn', () => {
  withTicket();

  it('is 300 seconds to the longest that ops allow, 14 days, which is also what it is without it', async () => {
    const lasts = async (fields: object) => {
      const { body } = await stage.call('customer-1', 'POST', `${ticket}/credentials`, {
        ...secret,
        ...fields,
      });
      return (Date.parse(body.expiresAt) - Date.parse(body.submittedAt)) / 1000;
    };
    expect([
      await lasts({ expiresIn: 300 }),
      await lasts({ expiresIn: 14 * day }),
      await lasts({}),
    ]).toEqual([300, 14 * day, 14 * day]);
    for (const expiresIn of [299, 14 * day + 1, 300.5, '300', -300, null])
      expect(await put(submit, { expiresIn })).toEqual([422, '/expiresIn']);
  });
});

describe('text that a database keeps', () => {
  withTicket();

  it.each([
    ['subject', open],
    ['body', reply],
    ['message', ask],
    ['reason', reveal],
    ['assigneeId', take],
  ] as const)('%s has neither NUL nor half a character', async (field, place) => {
    for (const text of ['a\0b', 'a\ud800', '\udc00a'])
      expect(await put(place, { [field]: text })).toEqual([422, `/${field}`]);
  });
});

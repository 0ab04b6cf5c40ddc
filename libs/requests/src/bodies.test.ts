import { validateSync } from 'class-validator';
import { describe, expect, it } from '@jest/globals';
import {
  CreateReplyRequest,
  CreateTicketRequest,
  EditNoteRequest,
  RequestCredentialsRequest,
  RevealRequest,
  SubmitCredentialRequest,
  UpdateTicketRequest,
} from './bodies.js';

/** Names of the faulty fields. */
function faults(dto: new () => object, fields: Record<string, unknown>): string[] {
  return validateSync(Object.assign(new dto(), fields)).map(({ property }) => property);
}

const credential = { username: 'u', password: 'p' };
const of = (length: number) => 'x'.repeat(length);
/** A character outside the basic plane: one character, two UTF-16 units, four bytes. */
const emoji = (length: number) => '🔑'.repeat(length);

/** docs/contract.md, "Limits": field, shortest, longest, and the rest of a valid body. */
const texts = [
  [CreateTicketRequest, 'subject', 1, 200, {}],
  [CreateTicketRequest, 'description', 0, 10_000, { subject: 's' }],
  [CreateTicketRequest, 'requesterId', 1, 255, { subject: 's' }],
  [UpdateTicketRequest, 'assigneeId', 1, 255, {}],
  [CreateReplyRequest, 'body', 1, 10_000, {}],
  [SubmitCredentialRequest, 'username', 1, 512, credential],
  [SubmitCredentialRequest, 'password', 1, 4096, credential],
  [SubmitCredentialRequest, 'additionalInformation', 0, 8192, credential],
  [RevealRequest, 'reason', 0, 500, {}],
  [EditNoteRequest, 'additionalInformation', 0, 8192, {}],
  [RequestCredentialsRequest, 'message', 0, 1000, {}],
] as const;

describe.each(
  texts.map(([dto, field, min, max, rest]) => ({ name: dto.name, dto, field, min, max, rest })),
)('$name.$field', ({ dto, field, min, max, rest }) => {
  const check = (value: unknown) => faults(dto, { ...rest, [field]: value });

  it(`has ${min} to ${max} characters, however many bytes they take`, () => {
    expect([check(of(min)), check(of(max)), check(emoji(max))]).toEqual([[], [], []]);
    expect([check(of(max + 1)), check(emoji(max + 1))]).toEqual([[field], [field]]);
    if (min > 0) expect(check('')).toEqual([field]);
  });

  it('is refused where it is no text', () => {
    for (const value of [1, true, {}, [], ['x'], { toString: () => 'x' }])
      expect(check(value)).toEqual([field]);
  });
});

describe('text of tickets', () => {
  it('is what a database can keep: well-formed and without NUL', () => {
    for (const subject of ['a\0b', 'a\ud800b', '\udc00'])
      expect([subject, faults(CreateTicketRequest, { subject })]).toEqual([subject, ['subject']]);
  });
});

describe('what is required', () => {
  it('may not be left out, and not be null', () => {
    expect(faults(CreateTicketRequest, {})).toEqual(['subject']);
    expect(faults(SubmitCredentialRequest, {})).toEqual(['username', 'password']);
    expect(faults(SubmitCredentialRequest, { username: null, password: null })).toEqual([
      'username',
      'password',
    ]);
    expect(faults(EditNoteRequest, {})).toEqual(['additionalInformation']);
    expect(faults(EditNoteRequest, { additionalInformation: null })).toEqual([]);
  });

  it('is little: the rest may be left out or null', () => {
    expect(
      faults(SubmitCredentialRequest, { ...credential, link: null, additionalInformation: null }),
    ).toEqual([]);
    expect(faults(RevealRequest, { reason: null })).toEqual([]);
    expect(faults(UpdateTicketRequest, {})).toEqual([]);
    expect(faults(UpdateTicketRequest, { assigneeId: null })).toEqual([]);
  });
});

describe('a secret', () => {
  it('is any text, kept as sent: controls, NUL, halves of surrogates and spaces', () => {
    for (const password of [' ', '\0', '\ud800', '\r\n\t', '\u202e', '<script>'])
      expect(faults(SubmitCredentialRequest, { ...credential, password })).toEqual([]);
  });
});

describe('expiresIn', () => {
  it('is a whole number of seconds from 300', () => {
    const check = (expiresIn: unknown) =>
      faults(SubmitCredentialRequest, { ...credential, expiresIn });
    expect([check(300), check(86_400), check(undefined)]).toEqual([[], [], []]);
    for (const value of [299, 300.5, -300, 0, '300', null, Number.NaN, 2 ** 60])
      expect([value, check(value)]).toEqual([value, ['expiresIn']]);
  });
});

describe('status', () => {
  it('is one of the five', () => {
    for (const status of ['open', 'pending', 'on_hold', 'resolved', 'closed'])
      expect(faults(UpdateTicketRequest, { status })).toEqual([]);
    for (const status of ['Open', 'new', '', null, 1, ['open']])
      expect(faults(UpdateTicketRequest, { status })).toEqual(['status']);
  });
});

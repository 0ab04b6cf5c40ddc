import { describe, expect, it } from '@jest/globals';
import { type GetMessage } from 'amqplib';
import { copiedHeaders, copiedProperties } from './copied-headers.js';
import { receive } from './received.js';

const messageWith = (headers: Record<string, unknown>) =>
  ({
    content: Buffer.from('{}'),
    fields: { exchange: 'e', routingKey: 'k', redelivered: false },
    properties: { headers },
  }) as unknown as GetMessage;
const propertiesOf = (properties: object) =>
  copiedProperties(receive('queue', { ...messageWith({}), properties } as unknown as GetMessage));
const copied = (headers: Record<string, unknown>) =>
  copiedHeaders(receive('queue', messageWith(headers)), { 'x-attempt': 2 });
const timestamp = (value: unknown) => ({ '!': 'timestamp', value });
/** What 255 bytes that are no UTF-8 are read as: three bytes each. */
const grown = '\ufffd'.repeat(255);

describe('a copy', () => {
  it('has the plain headers of the publisher, and what has to be remembered', () => {
    expect(copied({ traceparent: 'trace', n: 1.5, yes: false })).toEqual({
      traceparent: 'trace',
      n: 1.5,
      yes: false,
      'x-attempt': 2,
      'x-type': 'k',
      'x-original-exchange': 'e',
    });
  });

  it('has the times of the publisher, of which an attribute of an event may be one', () => {
    const times = { 'cloudEvents:time': { '!': 'timestamp', value: 1_772_438_400 } };
    expect(copied(times)).toMatchObject(times);
  });

  it.each([
    null,
    Number.NaN,
    Number.NEGATIVE_INFINITY,
    Buffer.from('x'),
    [1],
    { a: 1 },
    ...[-1, 2 ** 63, 'x'].map(timestamp),
  ])('leaves out a header that may not be encodable again: %p', (value) => {
    expect(copied({ odd: value })).not.toHaveProperty('odd');
  });

  it('leaves out what the broker and we write ourselves, and what would send it elsewhere', () => {
    const theirs = {
      'x-death': 'x',
      'x-delivery-count': 3,
      'X-First-Death-Queue': 'x',
      CC: 'x',
      bcc: 'x',
      'x-reason': 'x',
      [grown]: 'x',
    };
    expect(Object.keys(copied(theirs)).sort()).toEqual([
      'x-attempt',
      'x-original-exchange',
      'x-type',
    ]);
  });

  it('carries the short headers when all of them are too long', () => {
    const headers = copied({
      long: 'x'.repeat(16_000),
      longer: 'x'.repeat(16_001),
      traceparent: 'trace',
    });
    expect(headers).toMatchObject({ long: expect.any(String), traceparent: 'trace' });
    expect(headers).not.toHaveProperty('longer');
  });

  it('has the properties that fit', () => {
    const properties = {
      contentType: grown,
      contentEncoding: 'utf-8',
      type: 't',
      appId: 'a',
      timestamp: 5,
      userId: 'u',
      expiration: '1',
    };
    expect(propertiesOf(properties)).toEqual({
      contentEncoding: 'utf-8',
      type: 't',
      appId: 'a',
      timestamp: 5,
    });
    expect(propertiesOf({ timestamp: 2 ** 63 })).toEqual({});
  });

  it('has no id that cannot be written again', () => {
    const message = messageWith({});
    expect(
      receive('queue', { ...message, properties: { ...message.properties, messageId: grown } })
        .messageId,
    ).toBeUndefined();
  });
});

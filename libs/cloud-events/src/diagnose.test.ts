import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { attributes, data, message } from './event-message.fixture.js';
import { type EventMessage } from './event-message.js';
import { InvalidEventError } from './invalid-event-error.js';
import { readEvent } from './read-event.js';

describe('a body that is no JSON', () => {
  const json = Buffer.from(JSON.stringify({ ...attributes, data }));
  const value = Buffer.concat([Buffer.from([0, 0x53, 0x77, 0xa1, json.length]), json]);

  it.each<[string, Buffer, Partial<EventMessage>, string]>([
    ['nothing', Buffer.alloc(0), {}, 'empty; it must be JSON'],
    [
      'an AMQP 1.0 value',
      value,
      {},
      'not JSON in UTF-8 but an AMQP 1.0 value; send the event as bytes, in a data section',
    ],
    [
      'gzip',
      gzipSync(json),
      {},
      'not JSON in UTF-8 but compressed; publish it as it is, without a content encoding',
    ],
    [
      'what says that it is compressed',
      Buffer.from('x'),
      { contentEncoding: 'BR' },
      'not JSON in UTF-8 but compressed; publish it as it is, without a content encoding',
    ],
    [
      'what Kombu compressed',
      Buffer.from('x'),
      { headers: { compression: 'application/x-bz2' } },
      'not JSON in UTF-8 but compressed; publish it as it is, without a content encoding',
    ],
    [
      'another encoding',
      Buffer.from('{"name":"J\u00fcrgen"}', 'latin1'),
      {},
      'not JSON in UTF-8; encode it as UTF-8',
    ],
    [
      'another event format',
      Buffer.from('x'),
      { contentType: 'application/cloudevents+avro' },
      'not JSON in UTF-8; publish the event format in JSON',
    ],
    [
      'another content type',
      Buffer.from('<x/>'),
      { contentType: 'text/xml' },
      'not JSON in UTF-8; publish JSON',
    ],
    ['a mistake', Buffer.from('{"n":'), { contentType: 'application/json' }, 'not JSON in UTF-8'],
  ])('is told apart: %s', (_name, body, more, reason) => {
    expect(() => readEvent(message(body, more))).toThrow(new InvalidEventError(reason));
  });

  it('is told from one whose attributes RabbitMQ 3 hides', () => {
    const headers = { 'x-amqp-1.0-app-properties': '\0St\ufffd' };
    expect(() => readEvent(message(data, { headers }))).toThrow(
      'RabbitMQ 3 hides the properties of an AMQP 1.0 message',
    );
    expect(readEvent(message({ ...attributes, data }, { headers }))).toEqual({
      ...attributes,
      data,
    });
  });
});

import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { type EventMessage } from './event-message.js';
import { InvalidEventError } from './invalid-event-error.js';
import { readEvent } from './read-event.js';

const data = { ticketId: 'legacy:7' };
const attributes = { specversion: '1.0', id: 'e-1', source: '/legacy-desk', type: 'ticket.status.changed' };
const message = (body: unknown, more: Partial<EventMessage> = {}): EventMessage => ({
  contentType: undefined,
  contentEncoding: undefined,
  headers: {},
  body: Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body)),
  ...more,
});
const prefixed = (prefix: string, more: Record<string, unknown> = {}) =>
  Object.fromEntries(Object.entries({ ...attributes, ...more }).map(([name, value]) => [prefix + name, value]));

describe('an event in JSON', () => {
  it.each([
    undefined,
    '',
    'application/cloudevents+json',
    'Application/CloudEvents+JSON; charset=UTF-8',
    'application/octet-stream',
    'text/plain',
    7,
  ])('is read whatever its content type says: %p', (contentType) => {
    expect(readEvent(message({ ...attributes, data }, { contentType }))).toEqual({ ...attributes, data });
  });

  it('may have its attributes in headers too, which then say nothing', () => {
    const both = message(
      { ...attributes, data },
      { contentType: 'Application/CloudEvents+json', headers: prefixed('cloudEvents:', { id: 'other' }) },
    );
    expect(readEvent(both)).toEqual({ ...attributes, data });
  });

  it('may have its data in Base64', () => {
    const bytes = Buffer.from(JSON.stringify(data)).toString('base64');
    expect(readEvent(message({ ...attributes, data_base64: bytes }))).toEqual({ ...attributes, data });
    expect(readEvent(message({ ...attributes, data: null, data_base64: bytes }))).toEqual({ ...attributes, data });
  });

  it.each([{ data_base64: 'e30' }, { data_base64: 'bm8ganNvbg==' }, { data_base64: 7 }, { data, data_base64: 'e30=' }])(
    'is left as it is where they cannot be read: %j',
    (content) => {
      expect(readEvent(message({ ...attributes, ...content }))).toEqual({ ...attributes, ...content });
    },
  );

  it('may begin with a byte order mark', () => {
    expect(readEvent(message(Buffer.from('\ufeff{"n":1}')))).toEqual({ n: 1 });
  });
});

describe('an event with its attributes in headers', () => {
  it.each(['cloudEvents:', 'cloudEvents_'])('that begin with %s is the same one, its data of the content type of the message', (prefix) => {
    const headers = { ...prefixed(prefix, { subject: 'legacy:7', n: 5, yes: true }), traceparent: 'trace' };
    const read = readEvent(message(data, { headers, contentType: 'application/json; charset=utf-8' }));
    expect(read).toEqual({ ...attributes, subject: 'legacy:7', n: 5, yes: true, datacontenttype: 'application/json; charset=utf-8', data });
  });

  it('may have its time as AMQP has one, in seconds', () => {
    const at = (value: unknown) => readEvent(message(data, { headers: prefixed('cloudEvents:', { time: { '!': 'timestamp', value } }) }));
    expect(at(1_772_438_400)).toMatchObject({ time: '2026-03-02T08:00:00.000Z' });
    expect(at(2 ** 63)).toMatchObject({ time: { '!': 'timestamp' } });
  });

  it('has no data in a header, and no attribute under another name', () => {
    const headers = {
      ...prefixed('cloudEvents_'),
      cloudEvents_data: 'x',
      cloudEvents_data_base64: 'e30=',
      cloudEvents___proto__: 'x',
      cloudevents_subject: 'x',
    };
    expect(readEvent(message(data, { headers }))).toEqual({ ...attributes, data });
  });

  it('has each of them once', () => {
    const headers = { ...prefixed('cloudEvents_'), 'cloudEvents:id': 'e-2' };
    expect(() => readEvent(message(data, { headers }))).toThrow(
      'an attribute is in two headers, cloudEvents: and cloudEvents_; set one of them',
    );
  });

  it('keeps data that are not JSON, and an empty body as none', () => {
    const headers = prefixed('cloudEvents_');
    expect(readEvent(message(Buffer.from([255]), { headers, contentType: 'image/png' }))).toEqual({
      ...attributes,
      datacontenttype: 'image/png',
      data_base64: '/w==',
    });
    expect(readEvent(message(Buffer.alloc(0), { headers }))).toEqual(attributes);
  });
});

describe('a body that is no JSON', () => {
  const json = Buffer.from(JSON.stringify({ ...attributes, data }));
  const value = Buffer.concat([Buffer.from([0, 0x53, 0x77, 0xa1, json.length]), json]);

  it.each<[string, Buffer, Partial<EventMessage>, string]>([
    ['nothing', Buffer.alloc(0), {}, 'empty; it must be JSON'],
    ['an AMQP 1.0 value', value, {}, 'not JSON in UTF-8 but an AMQP 1.0 value; send the event as bytes, in a data section'],
    ['gzip', gzipSync(json), {}, 'not JSON in UTF-8 but compressed; publish it as it is, without a content encoding'],
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
    ['another encoding', Buffer.from('{"name":"J\u00fcrgen"}', 'latin1'), {}, 'not JSON in UTF-8; encode it as UTF-8'],
    [
      'another event format',
      Buffer.from('x'),
      { contentType: 'application/cloudevents+avro' },
      'not JSON in UTF-8; publish the event format in JSON',
    ],
    ['another content type', Buffer.from('<x/>'), { contentType: 'text/xml' }, 'not JSON in UTF-8; publish JSON'],
    ['a mistake', Buffer.from('{"n":'), { contentType: 'application/json' }, 'not JSON in UTF-8'],
  ])('is told apart: %s', (_name, body, more, reason) => {
    expect(() => readEvent(message(body, more))).toThrow(new InvalidEventError(reason));
  });

  it('is told from one whose attributes RabbitMQ 3 hides', () => {
    const headers = { 'x-amqp-1.0-app-properties': '\0St\ufffd' };
    expect(() => readEvent(message(data, { headers }))).toThrow('RabbitMQ 3 hides the properties of an AMQP 1.0 message');
    expect(readEvent(message({ ...attributes, data }, { headers }))).toEqual({ ...attributes, data });
  });
});

import { describe, expect, it } from '@jest/globals';
import { attributes, data, message } from './event-message.fixture.js';
import { readEvent } from './read-event.js';

const prefixed = (prefix: string, more: Record<string, unknown> = {}) =>
  Object.fromEntries(
    Object.entries({ ...attributes, ...more }).map(([name, value]) => [prefix + name, value]),
  );

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
    expect(readEvent(message({ ...attributes, data }, { contentType }))).toEqual({
      ...attributes,
      data,
    });
  });

  it('may have its attributes in headers too, which then say nothing', () => {
    const both = message(
      { ...attributes, data },
      {
        contentType: 'Application/CloudEvents+json',
        headers: prefixed('cloudEvents:', { id: 'other' }),
      },
    );
    expect(readEvent(both)).toEqual({ ...attributes, data });
  });

  it('may have its data in Base64', () => {
    const bytes = Buffer.from(JSON.stringify(data)).toString('base64');
    expect(readEvent(message({ ...attributes, data_base64: bytes }))).toEqual({
      ...attributes,
      data,
    });
    expect(readEvent(message({ ...attributes, data: null, data_base64: bytes }))).toEqual({
      ...attributes,
      data,
    });
  });

  it.each([
    { data_base64: 'e30' },
    { data_base64: 'bm8ganNvbg==' },
    { data_base64: 7 },
    { data, data_base64: 'e30=' },
  ])('is left as it is where they cannot be read: %j', (content) => {
    expect(readEvent(message({ ...attributes, ...content }))).toEqual({
      ...attributes,
      ...content,
    });
  });

  it('may begin with a byte order mark', () => {
    expect(readEvent(message(Buffer.from('\ufeff{"n":1}')))).toEqual({ n: 1 });
  });
});

describe('an event with its attributes in headers', () => {
  it.each(['cloudEvents:', 'cloudEvents_'])(
    'that begin with %s is the same one, its data of the content type of the message',
    (prefix) => {
      const headers = {
        ...prefixed(prefix, { subject: 'legacy:7', n: 5, yes: true }),
        traceparent: 'trace',
      };
      const read = readEvent(
        message(data, { headers, contentType: 'application/json; charset=utf-8' }),
      );
      expect(read).toEqual({
        ...attributes,
        subject: 'legacy:7',
        n: 5,
        yes: true,
        datacontenttype: 'application/json; charset=utf-8',
        data,
      });
    },
  );

  it('may have its time as AMQP has one, in seconds', () => {
    const at = (value: unknown) =>
      readEvent(
        message(data, { headers: prefixed('cloudEvents:', { time: { '!': 'timestamp', value } }) }),
      );
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

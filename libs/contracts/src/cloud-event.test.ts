import { describe, expect, it } from '@jest/globals';
import { assertEnvelope, InvalidEventError } from './cloud-event.js';

const sound = { specversion: '1.0', id: 'e-1', source: '/desk', data: {} };
const base64 = (data: string) => ({
  data: undefined,
  data_base64: Buffer.from(data).toString('base64'),
});

describe('an envelope that is refused', () => {
  it.each<[string, unknown, string]>([
    [
      'a list',
      [sound],
      'the event is missing or wrong: publish several events in one message as application/cloudevents-batch+json',
    ],
    [
      'JSON in JSON',
      JSON.stringify(sound),
      'the event is missing or wrong: it is JSON inside of JSON; encode it once',
    ],
    [
      'no CloudEvent',
      { ticketId: 'T-1' },
      'specversion is missing or wrong: publish a CloudEvent, whose specversion is the text "1.0", as JSON, or with all its attributes in headers named cloudEvents_…',
    ],
    ['a number for an id', { ...sound, id: 7 }, 'id is missing or wrong: send it as text'],
    ['no id', { ...sound, id: undefined }, 'id is missing or wrong'],
    ['no data', { ...sound, data: undefined }, 'data is missing or wrong'],
    [
      'data twice',
      { ...sound, data_base64: 'e30=' },
      'data is missing or wrong: send either data or data_base64',
    ],
    [
      'data as text',
      { ...sound, data: '{}' },
      'data is missing or wrong: it is text; send the JSON object itself',
    ],
    [
      'data as XML',
      { ...sound, datacontenttype: 'Text/XML; charset=utf-8', data: '<x/>' },
      'data is missing or wrong: its datacontenttype is not JSON; send a JSON object',
    ],
    [
      'no Base64',
      { ...sound, data: undefined, data_base64: 'e30' },
      'data is missing or wrong: data_base64 must be Base64 with its padding (RFC 4648, section 4)',
    ],
    [
      'Base64 of no JSON',
      { ...sound, ...base64('{') },
      'data is missing or wrong: not JSON in UTF-8',
    ],
    [
      'Base64 of an image',
      { ...sound, ...base64('x'), datacontenttype: 'image/png' },
      'data is missing or wrong: not JSON in UTF-8; publish JSON',
    ],
  ])('says what its publisher can do: %s', (_name, document, reason) => {
    expect(() => {
      assertEnvelope(document, ['id', 'source']);
    }).toThrow(new InvalidEventError(reason));
  });
});

import { diagnose } from './diagnose.js';
import { parseJson } from './json.js';
import { isJson } from './media-type.js';

type Event = Readonly<Record<string, unknown>>;

/**
 * The same event with its data in `data`, which may have come in `data_base64`
 * (https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md#31-handling-of-data).
 * The data of every event here are JSON; so that is what bytes are read as, also where no
 * type of theirs is given. What cannot be read stays as it is.
 */
export function withData({ data_base64, ...event }: Event): Event {
  const bytes = (event['data'] ?? null) === null ? bytesOf(data_base64) : undefined;
  const data = bytes && parseJson(bytes);
  if (data !== undefined) return { ...event, data };
  return data_base64 === undefined ? event : { ...event, data_base64 };
}

/**
 * What a publisher can do whose data are no JSON object; undefined where
 * that is all there is to say.
 */
export function remedyForData({ data, data_base64, datacontenttype }: Event): string | undefined {
  if ((data_base64 ?? null) !== null) {
    if ((data ?? null) !== null) return 'send either data or data_base64';
    const body = bytesOf(data_base64);
    return body
      ? diagnose({ body, contentType: datacontenttype })
      : 'data_base64 must be Base64 with its padding (RFC 4648, section 4)';
  }
  if (typeof data !== 'string') return undefined;
  return isJson(datacontenttype)
    ? 'it is text; send the JSON object itself'
    : 'its datacontenttype is not JSON; send a JSON object';
}

function bytesOf(base64: unknown): Buffer | undefined {
  if (typeof base64 !== 'string') return undefined;
  const bytes = Buffer.from(base64, 'base64');
  return bytes.toString('base64') === base64 ? bytes : undefined;
}

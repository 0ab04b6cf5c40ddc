import { isUtf8 } from 'node:buffer';
import { type EventMessage } from './event-message.js';
import { isEventFormat, isJson, mediaTypeOf } from './media-type.js';

/**
 * First bytes, in hexadecimal, of what compressors make: gzip,
 * zlib, bzip2, xz, Zstandard.
 */
const compressed = /^(1f8b|78(01|5e|9c|da)|425a68|fd377a58|28b52ffd)/;
const compressions = /gzip|deflate|compress|zstd|bz|lzma|^(br|xz)$/i;
/** Descriptors of the AMQP 1.0 sections that do not hold bytes: a sequence, a value. */
const amqpValue = /^0053(76|77)/;

/**
 * Why a body is not JSON in UTF-8, and what its publisher can do, as far as it can be
 * seen. Quotes nothing of the message.
 */
export function diagnose(message: Pick<EventMessage, 'body'> & Partial<EventMessage>): string {
  const { body, contentType } = message;
  if (body.length === 0) return 'empty; it must be JSON';
  if (amqpValue.test(beginning(body)))
    return `${notJson} but an AMQP 1.0 value; send the event as bytes, in a data section`;
  if (isCompressed(message))
    return `${notJson} but compressed; publish it as it is, without a content encoding`;
  if (!isUtf8(body)) return `${notJson}; encode it as UTF-8`;
  if (isEventFormat(contentType))
    return mediaTypeOf(contentType).endsWith('json')
      ? notJson
      : `${notJson}; publish the event format in JSON`;
  return isJson(contentType) ? notJson : `${notJson}; publish JSON`;
}

const notJson = 'not JSON in UTF-8';

const beginning = (body: Buffer): string => body.subarray(0, 4).toString('hex');

/** Kombu tells it by a header of its own. */
const isCompressed = ({
  body,
  contentEncoding,
  headers,
}: Partial<EventMessage> & Pick<EventMessage, 'body'>): boolean =>
  compressed.test(beginning(body)) ||
  [contentEncoding, headers?.compression].some(
    (name) => typeof name === 'string' && compressions.test(name),
  );

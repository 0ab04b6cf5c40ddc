/** The media type of one event in JSON. */
export const eventMediaType = 'application/cloudevents+json';

/**
 * Without parameters, and in lower case, for its case means nothing (RFC 2045, 5.1).
 * Empty where there is none.
 */
export const mediaTypeOf = (contentType: unknown): string =>
  typeof contentType === 'string'
    ? (contentType.split(';', 1)[0] as string).trim().toLowerCase()
    : '';

/**
 * Whether it is that of an event format of CloudEvents, one event or several; any other
 * is the type of the data (AMQP binding, 3).
 */
export const isEventFormat = (contentType: unknown): boolean =>
  mediaTypeOf(contentType).startsWith('application/cloudevents');

/**
 * Whether `data` of this type is a JSON value; without a type it is (JSON format, 3.1.1).
 */
export const isJson = (contentType: unknown): boolean =>
  /^$|^[^/]+\/(?:[^/]+\+)?json$/.test(mediaTypeOf(contentType));

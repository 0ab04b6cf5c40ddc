const text = { type: 'string' } as const;

export const requestIdHeader = { 'X-Request-Id': { description: "The request's own, if sane, or a new one", schema: text } };

export const answerHeaders = {
  etag: { ETag: { description: 'The version, for If-Match', schema: text } },
  location: { Location: { description: 'The path of what was made', schema: text } },
  'no-store': { 'Cache-Control': { description: 'It carries plaintext', schema: { ...text, const: 'no-store' } } },
};
export type AnswerHeader = keyof typeof answerHeaders;

const text = { type: 'string' } as const;

const answerOf = (caching: string) => ({
  'X-Request-Id': { description: "The request's own, if sane, or a new one", schema: text },
  'Cache-Control': { description: 'It depends on the token', schema: { ...text, const: caching } },
});

/** Those of every answer. */
export const commonHeaders = answerOf('no-store');
export const streamHeaders = answerOf('no-store, no-transform');

export const answerHeaders = {
  etag: { ETag: { description: 'The version, for If-Match', schema: text } },
  location: {
    Location: { description: 'The path of what was made, with that of PUBLIC_URL', schema: text },
  },
};
export type AnswerHeader = keyof typeof answerHeaders;

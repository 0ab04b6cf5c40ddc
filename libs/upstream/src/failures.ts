/** Nothing was sent: connecting, or resolving the name, failed. */
const connectCodes = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);
/** The request may have been done, but its answer did not arrive. */
const lostCodes = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

const codeOf = (error: unknown): unknown => (error as { code?: unknown } | undefined)?.code;

export function isConnectFailure(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.every(isConnectFailure);
  const code = codeOf(error);
  if (code === 'ETIMEDOUT') return (error as { syscall?: unknown }).syscall === 'connect';
  return typeof code === 'string' && connectCodes.has(code);
}

export function isLostConnection(error: unknown): boolean {
  const code = codeOf(error);
  return typeof code === 'string' && lostCodes.has(code);
}

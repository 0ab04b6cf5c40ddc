/**
 * Formats a line of our JSON logs as `12:34:56.789 warn the event key=value`; returns any
 * other line unchanged.
 */
export function readableLine(line: string): string {
  const { time, level, event, ...facts } = parse(line) ?? {};
  if (typeof time !== 'string' || typeof level !== 'string' || typeof event !== 'string')
    return line;
  // The service is printed before the line already.
  const words = Object.entries(facts)
    .filter(([name]) => name !== 'service')
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  return [time.slice(11, 23), level, event, ...words].join(' ');
}

function parse(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

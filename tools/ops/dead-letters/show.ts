import { printable } from '#command-line';
import { type DeadLetter, deadQueue } from '#messaging';

/** Bodies longer than this are parsed for nothing. */
const largestParsed = 1024 * 1024;
/** Characters of a body that are shown. */
const shortened = 16_384;
const bytesADumpLine = 16;

/** The ticket that an event is about, if its body says so. */
export function ticketOf({ body }: DeadLetter): string {
  const subject = (parse(body) as { subject?: unknown } | null | undefined)?.subject;
  return typeof subject === 'string' ? subject : '';
}

/**
 * A dead letter in lines that are safe to look at.
 * @param full the whole body, however long
 */
export function show(letter: DeadLetter, full: boolean): string {
  const {
    id,
    queue,
    type,
    reason,
    attempts,
    firstFailedAt = '',
    lastFailedAt = '',
    contentType = '',
    headers,
  } = letter;
  const facts: Record<string, string> = {
    id,
    queue: deadQueue(queue),
    type,
    ticket: ticketOf(letter),
    reason,
    attempts: String(attempts),
    first: firstFailedAt,
    last: lastFailedAt,
    content: contentType,
  };
  const lines = Object.entries(facts).map(
    ([name, value]) => `${name.padEnd(10)}${printable(value)}`,
  );
  const headerLines = Object.entries(headers).map(
    ([name, value]) => `  ${printable(name)}: ${printable(JSON.stringify(value))}`,
  );
  return [...lines, 'headers', ...headerLines, ...showBody(letter.body, full)].join('\n');
}

function showBody(body: Buffer, full: boolean): string[] {
  const text = readable(body);
  const shown = full ? text : text.slice(0, shortened);
  const rest = shown.length < text.length ? [`… shortened; --full shows all of it`] : [];
  return [`body, ${body.length} bytes`, ...shown.split('\n').map(printable), ...rest];
}

/** JSON in lines, other text as it is, anything else in hexadecimal. */
function readable(body: Buffer): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body);
    return indented(parse(body)) ?? text;
  } catch {
    return dump(body);
  }
}

/** @returns undefined for what is not JSON, or is nested too deeply to be written */
function indented(parsed: unknown): string | undefined {
  try {
    return JSON.stringify(parsed, null, 2);
  } catch {
    return undefined;
  }
}

function dump(body: Buffer): string {
  const lines: string[] = [];
  for (let at = 0; at < body.length; at += bytesADumpLine) {
    const bytes = body.subarray(at, at + bytesADumpLine);
    const hex = bytes.toString('hex').replaceAll(/(..)/g, '$1 ');
    lines.push(
      `${at.toString(16).padStart(8, '0')}  ${hex.padEnd(3 * bytesADumpLine)} ${bytes.toString('latin1').replaceAll(/[^ -~]/g, '.')}`,
    );
  }
  return lines.join('\n');
}

function parse(body: Buffer): unknown {
  if (body.length > largestParsed) return undefined;
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

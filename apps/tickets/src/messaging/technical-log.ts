import { type Log } from '#telemetry';

type Fields = Readonly<Record<string, unknown>>;
type Write = (event: string, fields?: Fields) => void;

/** Outbox and messaging tell their reasons in the words of the broker and of the drivers; there is never an event in them. */
export const technicalLog = (log: Log): Record<'info' | 'warn' | 'error', Write> => ({
  info: (event, fields) => {
    log.info(event, textOf(fields));
  },
  warn: (event, fields) => {
    log.warn(event, textOf(fields));
  },
  error: (event, fields) => {
    log.error(event, textOf(fields));
  },
});

function textOf({ name, reason }: Fields = {}): { text?: string } {
  const parts = [name, reason].filter((part) => typeof part === 'string');
  return parts.length === 0 ? {} : { text: parts.join(': ') };
}

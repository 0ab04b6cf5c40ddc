import { type OutboxLog } from '#outbox';
import { type Log } from '#telemetry';

const textOf = ({ reason }: Record<string, unknown> = {}): { text?: string } => (typeof reason === 'string' ? { text: reason } : {});

/** The relay's log in the words that ours allows. Its reasons are the broker's and the driver's; no event is in them. */
export const relayLog = (log: Log): OutboxLog => ({
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

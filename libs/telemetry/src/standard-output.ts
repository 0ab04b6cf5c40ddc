import { pino } from 'pino';

/** How long a line may wait for others, in ms. */
const patience = 10;
/** As many characters as may wait. */
const most = 8 * 1024;

export interface LogDestination {
  write(line: string): void;
  /** Writes at once what waits, where lines wait. */
  flush?(): void;
}

/**
 * Lines that come within milliseconds are written together: each write costs more than
 * the line, and wakes the process that reads it. They are written synchronously, and
 * whatever waits when the process ends is written then: asynchronous lines, pino's
 * default, would be lost, and the last ones say why it ended. Only a SIGKILL takes those
 * that wait.
 */
function gatherLines(): LogDestination {
  const standardOutput = pino.destination({ dest: 1, sync: true });
  let waiting = '';
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (waiting === '') return;
    const lines = waiting;
    waiting = '';
    standardOutput.write(lines);
  };
  process.on('exit', flush);
  return {
    write(line) {
      waiting += line;
      if (waiting.length > most) flush();
      else timer ??= setTimeout(flush, patience).unref();
    },
    flush,
  };
}

let shared: LogDestination | undefined;

/** One for the process, so that the lines of all loggers keep their order. */
export const standardOutput = (): LogDestination => (shared ??= gatherLines());

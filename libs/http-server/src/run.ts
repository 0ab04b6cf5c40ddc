import { type AddressInfo } from 'node:net';
import { ConfigError } from '#config';
import { createLogger, flushTraces, type Log, logLevels } from '#telemetry';
import { type HttpService } from './create-service.js';

/**
 * The longest a stop may take, in ms: a little less than the usual
 * grace period before SIGKILL.
 */
const stopWithin = 9500;

/** Listens, and starts background work. @returns the URL, with the port that was taken */
export async function listen(
  { app, lifecycle }: HttpService,
  at: { readonly host: string; readonly port: number },
): Promise<string> {
  await app.listen(at.port, at.host);
  await lifecycle.start();
  return app.getUrl();
}

/** Takes nothing new, finishes what is in hand, then runs Nest's shutdown hooks. */
export async function stop({ app, lifecycle }: HttpService): Promise<void> {
  await lifecycle.stop();
  await app.close();
  await flushTraces();
}

/**
 * Runs the main function of a service. SIGTERM or SIGINT stops it gracefully; a second
 * signal, a stop that takes too long, or a signal before it serves ends it at once. An
 * error before it serves ends it with exit code 1 and is printed with its message: no
 * input has arrived by then that it could quote.
 */
export async function runService(name: string, main: () => Promise<HttpService>): Promise<void> {
  const level = logLevels.find((candidate) => candidate === process.env.LOG_LEVEL);
  const log = createLogger({ service: name, ...(level && { level }) });
  let service: HttpService | undefined;
  onStopSignal(() => service, log);
  try {
    service = await main();
    const { address: host, port } = service.app.getHttpServer().address() as AddressInfo;
    log.info('listening', { host, port });
  } catch (error) {
    if (error instanceof ConfigError) tellFaults(error, log);
    else
      log.error('start failed', {
        text: error instanceof Error ? error.message : String(error),
        error,
      });
    process.exit(1);
  }
}

/** A log line for each, since a line's text is cut at a length. */
function tellFaults({ faults }: ConfigError, log: Log): void {
  for (const { variable, fault } of faults)
    log.error('configuration is wrong', { text: `${variable} ${fault}`, code: 'config' });
}

function onStopSignal(running: () => HttpService | undefined, log: Log): void {
  let stopping = false;
  const onSignal = (): void => {
    const service = running();
    log.info('stopping');
    if (service === undefined) process.exit(0);
    if (stopping) process.exit(1);
    stopping = true;
    void end(service, log);
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}

async function end(service: HttpService, log: Log): Promise<never> {
  setTimeout(() => {
    log.error('stop took too long');
    process.exit(1);
  }, stopWithin).unref();
  try {
    await stop(service);
  } catch (error) {
    log.error('stop failed', { error });
    process.exit(1);
  }
  log.info('stopped');
  process.exit(0);
}

import { type AddressInfo } from 'node:net';
import { ConfigError } from '#config';
import { createLogger, flushTraces, type Log, logLevels } from '#telemetry';
import { type HttpService } from './create-service.js';

/** The most that a stop may take, in ms (with a moment to spare before whoever stops us would kill). */
const stopWithin = 9500;
/** Of that, the time for requests in flight; the rest is for background work (relay, consumer) and connections. */
const drainWithin = 6000;

/** Listens. @returns the URL, with the port that was taken */
export async function listen({ app }: HttpService, { host, port }: { readonly host: string; readonly port: number }): Promise<string> {
  await app.listen(port, host);
  return app.getUrl();
}

/** Takes nothing new, finishes requests in flight, then runs Nest's shutdown hooks. */
export async function stop({ app, drain }: HttpService): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, drainWithin);
  });
  await Promise.race([drain.run(), patience]);
  clearTimeout(timer);
  app.getHttpServer().closeAllConnections();
  await app.close();
  await flushTraces();
}

/** Stops politely on the first SIGTERM or SIGINT; at once on the second, or when the polite way takes too long. */
export function stopOnSignals(service: HttpService, log: Log): void {
  let stopping = false;
  const onSignal = (): void => {
    if (stopping) process.exit(1);
    stopping = true;
    log.info('stopping');
    setTimeout(() => {
      log.error('stop took too long');
      process.exit(1);
    }, stopWithin).unref();
    stop(service).then(
      () => {
        log.info('stopped');
        process.exit(0);
      },
      (error: unknown) => {
        log.error('stop failed', { error });
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}

/**
 * Runs the main function of a service: what goes wrong before it serves ends the process with 1 and says why. Nobody has sent anything
 * yet, so here the message of an error may be told.
 */
export async function runService(name: string, main: () => Promise<HttpService>): Promise<void> {
  const level = logLevels.find((candidate) => candidate === process.env.LOG_LEVEL);
  const log = createLogger({ service: name, ...(level && { level }) });
  try {
    const service = await main();
    const { address: host, port } = service.app.getHttpServer().address() as AddressInfo;
    stopOnSignals(service, log);
    log.info('listening', { host, port });
  } catch (error) {
    if (error instanceof ConfigError) log.error('configuration is wrong', { text: error.message, code: 'config' });
    else log.error('start failed', { text: error instanceof Error ? error.message : String(error), error });
    process.exit(1);
  }
}

import { readEnvironment } from '#config';
import { listen, runService } from '#http-server';
import { createLogger } from '#telemetry';
import { readTicketsConfig } from './config.js';
import { rabbitBroker } from './messaging/rabbit-broker.js';
import { createTicketsService } from './service.js';

await runService('tickets', async () => {
  const config = readEnvironment(process.env, readTicketsConfig);
  const log = createLogger({ service: 'tickets', level: config.server.logLevel });
  const service = await createTicketsService(config, { broker: rabbitBroker(config.rabbitmqUrl, log), log });
  log.info('listening', { text: await listen(service, config.server) });
  return service;
});

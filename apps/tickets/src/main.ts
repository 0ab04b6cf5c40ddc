import { readEnvironment } from '#config';
import { listen, runService } from '#http-server';
import { readTicketsConfig } from './config.js';
import { createTicketsService } from './service.js';

await runService('tickets', async () => {
  const config = readEnvironment(process.env, readTicketsConfig);
  const service = await createTicketsService(config);
  await listen(service, config.server);
  return service;
});

import 'reflect-metadata';
import { readEnvironment } from '#config';
import { listen, runService } from '#http-server';
import { readGatewayConfig } from './config.js';
import { createGatewayService } from './service.js';

await runService('gateway', async () => {
  const config = readEnvironment(process.env, readGatewayConfig);
  const service = await createGatewayService(config);
  await listen(service, config.server);
  return service;
});

import 'reflect-metadata';
import { readEnvironment } from '#config';
import { listen, runService } from '#http-server';
import { serviceTokens } from '#identity';
import { Upstream } from '#upstream';
import { readCredentialsConfig } from './config.js';
import { createCredentialsService } from './service.js';
import { TicketsClient } from './standing/tickets-client.js';

await runService('credentials', async () => {
  const config = readEnvironment(process.env, readCredentialsConfig);
  const tickets = new TicketsClient(new Upstream(config.tickets), serviceTokens('credentials', config.identity));
  const service = await createCredentialsService(config, tickets);
  await listen(service, config.server);
  return service;
});

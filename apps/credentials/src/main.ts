import 'reflect-metadata';
import { readEnvironment } from '#config';
import { listen, runService, watchServiceToken } from '#http-server';
import { JwtVerifier, serviceTokens } from '#identity';
import { Upstream } from '#upstream';
import { readCredentialsConfig } from './config.js';
import { createCredentialsService } from './service.js';
import { TicketsClient } from './standing/tickets-client.js';

await runService('credentials', async () => {
  const config = readEnvironment(process.env, readCredentialsConfig);
  const tokens = serviceTokens('credentials', config.identity);
  const service = await createCredentialsService(
    config,
    new TicketsClient(new Upstream(config.tickets), tokens),
  );
  watchServiceToken(service, tokens, new JwtVerifier(config.identity));
  await listen(service, config.server);
  return service;
});

/**
 * `npm run openapi`: writes docs/openapi.json, the API as the gateway describes it, and
 * the types of the page's client. To be run after a change of the API:
 * test/component/gateway/openapi.test.ts fails until it was.
 */
import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readEnvironment } from '#config';
import { readGatewayConfig } from '../apps/gateway/src/config.js';
import { createGatewayService } from '../apps/gateway/src/service.js';
import { typesOf } from './openapi/types.js';
import { repositoryRoot } from './stack/paths.js';

/**
 * An address for required settings: the gateway only describes itself and calls nobody.
 */
const nowhere = 'http://127.0.0.1:1';
const environment = {
  AUTH_ISSUER: nowhere,
  AUTH_AUDIENCE: 'nobody',
  AUTH_JWKS_URI: nowhere,
  TICKETS_URL: nowhere,
  CREDENTIALS_URL: nowhere,
  RABBITMQ_URL: 'amqp://127.0.0.1:1',
};

const { app } = await createGatewayService(readEnvironment(environment, readGatewayConfig));
const { body } = await app.inject('/openapi.json');
const document = JSON.parse(body) as object;
writeFileSync(
  join(repositoryRoot(), 'docs/openapi.json'),
  `${JSON.stringify(document, null, 2)}\n`,
);
writeFileSync(join(repositoryRoot(), 'apps/web/src/api/schema.ts'), await typesOf(document));
process.exit(0);

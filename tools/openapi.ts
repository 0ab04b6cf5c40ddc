/**
 * `npm run openapi`: writes docs/openapi.json, the API as the gateway describes it, and
 * the types of the page's client. To be run after a change of the API:
 * test/component/gateway/openapi.test.ts fails until it was.
 */
import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openApiDocument } from './openapi/document.js';
import { typesOf } from './openapi/types.js';
import { repositoryRoot } from './stack/paths.js';

const document = await openApiDocument();
writeFileSync(
  join(repositoryRoot(), 'docs/openapi.json'),
  `${JSON.stringify(document, null, 2)}\n`,
);
writeFileSync(join(repositoryRoot(), 'apps/web/src/api/schema.ts'), await typesOf(document));
process.exit(0);

import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type FastifyInstance } from 'fastify';

/** Made by `npm run openapi`; the build puts a copy beside what it compiles. */
const documentFile = fileURLToPath(new URL('../../../../docs/openapi.json', import.meta.url));

const assets = {
  'swagger-ui.css': 'text/css',
  'swagger-ui-bundle.js': 'text/javascript',
  'favicon-32x32.png': 'image/png',
};
const root = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
const open = { config: { public: true } };

/** Swagger UI writes styles into elements, so its page, and no other, may. */
const docsPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' " +
  "data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Addresses are relative to `/docs`, below whatever path that is. */
const page = `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <title>Private Credentials API</title>
  <link rel="icon" href="docs/favicon-32x32.png">
  <link rel="stylesheet" href="docs/swagger-ui.css">
</head>
<body>
  <div id="ui"></div>
  <script src="docs/swagger-ui-bundle.js"></script>
  <script src="docs/start.js"></script>
</body>
</html>`;
const start = `SwaggerUIBundle({ url: 'openapi.json', dom_id: '#ui', validatorUrl: null });`;

/**
 * @param server where the API is, without `/v1`; by default beside the document
 * @returns the API's document as JSON
 */
function readDocument(server: string | undefined): string {
  const document = JSON.parse(readFileSync(documentFile, 'utf8')) as object;
  return JSON.stringify({ ...document, ...(server && { servers: [{ url: server }] }) });
}

/** The API's documentation, without authentication. */
export function addDocumentRoutes(fastify: FastifyInstance, server: string | undefined): void {
  const text = Buffer.from(readDocument(server));
  fastify.get('/openapi.json', open, (_request, reply) =>
    reply.type('application/json').send(text),
  );
  fastify.get('/docs', open, (_request, reply) =>
    reply.type('text/html').header('content-security-policy', docsPolicy).send(page),
  );
  fastify.get('/docs/start.js', open, (_request, reply) =>
    reply.type('text/javascript').send(start),
  );
  // Read on each request: there are few, and the files are large.
  for (const [name, type] of Object.entries(assets))
    fastify.get(`/docs/${name}`, open, async (_request, reply) =>
      reply.type(type).send(await readFile(join(root, name))),
    );
}

import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { actorOf, namesTag } from '#http-server';
import { type Actor } from '#identity';
import { type BuiltFile, chooseCoding, readBuiltFiles } from './built-files.js';
import { pagePolicy } from './policy.js';
import { type GatewayConfig } from '../config.js';

const open = { config: { public: true } };

/** Routes that the page itself handles. Any other path that is not a file is 404. */
const places = ['/', '/new', '/tickets/:ticketId', '/signed-in'];

/** The build puts a hash of the content into these names. */
const isHashed = (path: string): boolean => path.startsWith('/assets/');

const notBuilt = `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <title>Private Credentials</title>
</head>
<body>
  <h1>Private Credentials</h1>
  <p>The page has not been built here: <code>npm run build</code> builds it.</p>
</body>
</html>`;

const personOf = ({ id, name, roles, signedInAt }: Actor) => ({
  id,
  name: name ?? id,
  roles: [...roles],
  signedInAt: signedInAt ?? null,
});

/**
 * The page, its files, the element for other pages, and how to sign in: for everybody.
 * The files are those in `folder` at the start.
 */
export function addPageRoutes(
  fastify: FastifyInstance,
  folder: string,
  { signIn, webOrigins, publicUrl }: GatewayConfig,
): void {
  const policy = pagePolicy(signIn, webOrigins);
  fastify.get('/sign-in.json', open, (_request, reply) => reply.send(signIn));
  // A client does not read tokens that are not for it (RFC 9068, section 6): the page
  // asks whom its token speaks for.
  fastify.get('/me.json', (request, reply) => reply.send(personOf(actorOf(request))));
  const files = readBuiltFiles(folder, publicUrl.path);
  const index = files.find(({ path }) => path === '/index.html');
  const answer =
    (file: BuiltFile | undefined) => (request: FastifyRequest, reply: FastifyReply) => {
      void reply.header('content-security-policy', policy);
      return file === undefined
        ? reply.code(503).type('text/html').send(notBuilt)
        : sendFile(file, request, reply);
    };
  for (const place of places) fastify.get(place, open, answer(index));
  for (const file of files) if (file !== index) fastify.get(file.path, open, answer(file));
}

async function sendFile(
  file: BuiltFile,
  { headers }: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  void reply.headers({
    etag: file.etag,
    'cache-control': isHashed(file.path)
      ? 'public, max-age=31536000, immutable'
      : 'public, no-cache',
    vary: [reply.getHeader('vary'), 'Accept-Encoding'].filter(Boolean).join(', '),
  });
  const known = headers['if-none-match'];
  if (known !== undefined && namesTag(known, file.hash)) return reply.code(304).send();
  const coding = chooseCoding(headers['accept-encoding']);
  void reply.type(file.type);
  if (coding === undefined) return reply.send(file.bytes);
  return reply.header('content-encoding', coding).send(await file.in(coding));
}

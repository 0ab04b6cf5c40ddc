/**
 * An issuer in a process of its own, whose clock is ahead: oidc-provider, with
 * resource indicators, and roles in a claim that is named by a URL. Anybody signs in
 * by their name. Arguments: seconds that the clock is ahead. Prints its URL; the
 * page's comes by a message.
 */
import { createServer } from 'node:http';

const [ahead] = process.argv.slice(2);
const now = Date.now.bind(Date);
Date.now = () => now() + Number(ahead) * 1000;
const { Provider } = await import('oidc-provider');

const roles = { alice: 'customer', bob: ['support-agent'], credentials: { service: {} } };
/** Whether access tokens have auth_time. */
let tellsTime = false;

const configuration = (page, secret) => ({
  clients: [
    {
      client_id: 'desk',
      token_endpoint_auth_method: 'none',
      redirect_uris: [`${page}/signed-in`],
      post_logout_redirect_uris: [`${page}/signed-in`],
    },
    {
      client_id: 'credentials',
      client_secret: secret,
      redirect_uris: [],
      response_types: [],
      grant_types: ['client_credentials'],
    },
  ],
  clientBasedCORS: (_context, origin) => origin === new URL(page).origin,
  findAccount: (_context, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
  extraTokenClaims: ({ oidc }, { accountId, clientId }) => ({
    'https://desk.example/roles': roles[accountId ?? clientId],
    ...(tellsTime && { auth_time: oidc.entities.AuthorizationCode?.authTime }),
  }),
  features: {
    clientCredentials: { enabled: true },
    resourceIndicators: {
      enabled: true,
      getResourceServerInfo: () => ({
        audience: 'private-credentials',
        accessTokenFormat: 'jwt',
        scope: '',
      }),
    },
  },
  cookies: { keys: [secret] },
});

const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const url = `http://127.0.0.1:${server.address().port}`;
  process.on('message', ({ page, secret, time }) => {
    tellsTime ||= time === true;
    if (page === undefined) return;
    server.removeAllListeners('request');
    server.on('request', new Provider(url, configuration(page, secret)).callback());
    process.send('ready');
  });
  server.on('request', (_request, response) => response.writeHead(503).end());
  process.stdout.write(`${url}\n`);
});
process.on('disconnect', () => process.exit(0));

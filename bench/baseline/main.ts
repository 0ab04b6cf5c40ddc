/**
 * The baseline: what the promise alone costs. One bare Fastify process with pg runs the
 * same statements and the same encryption as the services. It checks no token, validates
 * nothing, and calls no other process and no broker.
 */
import { once } from 'node:events';
import Fastify from 'fastify';
import { type SubmitCredentialRequest } from '#requests';
import { SecretText } from '../../apps/credentials/src/custody/secret-text.js';
import { agent } from '../people.js';
import { end } from './end.js';
import { type BaselinePlaces, openBaseline } from './baseline.js';
import { reveal } from './reveal.js';
import { submit } from './submit.js';

interface Route {
  Params: { ticketId: string };
}

/**
 * The process that starts us says where everything is, and goes on
 * when it knows where we are.
 */
const [places] = (await once(process, 'message')) as [BaselinePlaces];
process.once('disconnect', () => process.exit());

const baseline = await openBaseline(places);
const app = Fastify({ logger: false });
app.post<Route & { Body: SubmitCredentialRequest }>(
  '/v1/tickets/:ticketId/credentials',
  async ({ id, params, body }, reply) => {
    void reply.code(201);
    const [username, password] = [new SecretText(body.username), new SecretText(body.password)];
    const [link, additionalInformation] = [
      SecretText.orNull(body.link),
      SecretText.orNull(body.additionalInformation),
    ];
    return submit(baseline, params.ticketId, id, {
      username,
      password,
      link,
      additionalInformation,
    });
  },
);
app.post<Route>('/v1/tickets/:ticketId/credentials/reveal', ({ id, params }) =>
  reveal(baseline, params.ticketId, id, agent),
);
app.patch<Route>('/v1/tickets/:ticketId', ({ params }) => end(baseline, params.ticketId, agent));
process.send?.(await app.listen({ host: '127.0.0.1', port: 0 }));

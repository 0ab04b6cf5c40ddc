/**
 * The bare floor: Fastify, pg, one INSERT or one SELECT, and AES-256-GCM with one key; no
 * token, no ticket, no log, no end. Nothing of ours is imported, so that nobody can call
 * it ours.
 */
import { createCipheriv, createDecipheriv, randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import Fastify from 'fastify';
import pg from 'pg';

interface Route {
  Params: { ticketId: string };
}

const [{ databaseUrl }] = (await once(process, 'message')) as [{ databaseUrl: string }];
process.once('disconnect', () => process.exit());

const key = randomBytes(32);

function seal(text: string): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const sealed = [nonce, cipher.update(text, 'utf8'), cipher.final()];
  return Buffer.concat([...sealed, cipher.getAuthTag()]);
}

function open(sealed: Buffer): string {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12));
  decipher.setAuthTag(sealed.subarray(-16));
  return decipher.update(sealed.subarray(12, -16), undefined, 'utf8') + decipher.final('utf8');
}

const pool = new pg.Pool({ connectionString: databaseUrl, max: 20 });
await pool.query(`
  CREATE SCHEMA bare;
  CREATE TABLE bare.secret (id uuid PRIMARY KEY, ticket_id uuid NOT NULL, sealed bytea NOT NULL);
  CREATE INDEX ON bare.secret (ticket_id)`);

const app = Fastify({ logger: false });
// Tickets are what the load begins with; here they are an id and nothing else.
app.post('/v1/tickets', (_, reply) => reply.code(201).send({ id: randomUUID() }));
app.patch('/v1/tickets/:ticketId', () => ({}));
app.post<Route>('/v1/tickets/:ticketId/credentials', async ({ params, body }, reply) => {
  const id = randomUUID();
  await pool.query('INSERT INTO bare.secret (id, ticket_id, sealed) VALUES ($1, $2, $3)', [
    id,
    params.ticketId,
    seal(JSON.stringify(body)),
  ]);
  return reply.code(201).send({ id });
});
app.post<Route>('/v1/tickets/:ticketId/credentials/reveal', async ({ params }) => {
  const { rows } = await pool.query<{ sealed: Buffer }>(
    'SELECT sealed FROM bare.secret WHERE ticket_id = $1',
    [params.ticketId],
  );
  return { items: rows.map(({ sealed }) => JSON.parse(open(sealed)) as unknown) };
});
process.send?.(await app.listen({ host: '127.0.0.1', port: 0 }));

import { expect } from '@jest/globals';
import { exchanges, queues } from '#contracts';
import { waitFor } from '../support/wait-for.js';
import { type VerboseSystem } from './verbose-system.js';

/** All that can happen to a credential whose every part holds the canary. */
export class CanaryStory {
  /** What was answered: method, status and code. */
  readonly seen = new Set<string>();
  private readonly secret;
  private ticket = '';

  /** @param planted stands in what is no secret */
  constructor(
    private readonly loud: VerboseSystem,
    private readonly canary: string,
    private readonly planted: string,
  ) {
    this.secret = {
      username: `${canary}.user`,
      password: `${canary}.password`,
      link: `https://host.example/${canary}.link`,
      additionalInformation: `${canary}.note`,
    };
  }

  async call(
    actor: string,
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ) {
    const answer = await this.loud.people.call(actor, { method, path, body, headers });
    this.seen.add(`${method} ${answer?.status} ${answer?.body?.code ?? ''}`.trim());
    return answer;
  }

  /**
   * Everything that customers and agents do, and everything that goes
   * wrong with it, but for the end.
   */
  async live(): Promise<void> {
    const made = await this.call('customer-1', 'POST', '/v1/tickets', { subject: this.planted });
    this.ticket = `/v1/tickets/${made?.body.id}`;
    const { ticket, credentials, secret, canary } = this;
    const key = { 'idempotency-key': 'once' };
    await this.call('agent-1', 'PATCH', ticket, { assigneeId: 'agent-1' });
    const shared = await this.call('customer-1', 'POST', credentials, secret, key);
    const one = `${credentials}/${shared?.body.id}`;
    await this.call('customer-1', 'POST', credentials, secret, key);
    await this.call(
      'customer-1',
      'POST',
      credentials,
      { ...secret, password: `${canary}.other` },
      key,
    );
    expect((await this.call('agent-1', 'POST', `${credentials}/reveal`))?.body.items).toMatchObject(
      [secret],
    );
    expect((await this.call('agent-1', 'POST', `${one}/reveal`))?.body).toMatchObject(secret);
    await this.call(
      'agent-1',
      'PATCH',
      one,
      { additionalInformation: `${canary}.edited` },
      { 'if-match': '"1"' },
    );
    await this.call(
      'agent-1',
      'PATCH',
      one,
      { additionalInformation: `${canary}.stale` },
      { 'if-match': '"1"' },
    );
    await this.call(
      'agent-1',
      'PATCH',
      one,
      { password: `${canary}.immutable` },
      { 'if-match': '"2"' },
    );
    await this.call('customer-2', 'POST', `${credentials}/reveal`, { reason: 'to try' });
    const withdrawn = await this.call('customer-1', 'POST', credentials, secret);
    await this.call('customer-1', 'DELETE', `${credentials}/${withdrawn?.body.id}`);
  }

  async mistakes(): Promise<void> {
    const { credentials, secret, canary } = this;
    const post = (body: unknown, headers = {}) =>
      this.call('customer-1', 'POST', credentials, body, headers);
    await post(JSON.stringify(secret).slice(0, -9));
    await post({ ...secret, passwrod: secret.password });
    await post({ ...secret, [secret.password]: 1 });
    await post({ ...secret, link: `https://${canary}:x@host.example/` });
    await post({ ...secret, expiresIn: secret.password });
    await post({ ...secret, additionalInformation: canary.repeat(10_000) });
    await post(JSON.stringify(secret), { 'content-type': 'text/plain' });
    await post([secret.password]);
  }

  /**
   * Errors of the database with the row in hand, no database, a crash with a submission
   * in flight, and events that nobody can read.
   */
  async faults(): Promise<void> {
    const { ticket, credentials, secret } = this;
    const { world } = this.loud;
    const [replica] = world.credentials;
    const { credentials: database } = world.databases;
    await database.query(
      `ALTER TABLE credential ADD CONSTRAINT refused CHECK (number < 3) NOT VALID`,
    );
    await this.call('customer-1', 'POST', credentials, secret);
    await database.query('ALTER TABLE credential DROP CONSTRAINT refused');
    replica.lines.database.down();
    await this.call('customer-1', 'POST', credentials, secret);
    replica.lines.database.restore();
    const step = await database.breakAt({ table: 'credential', on: 'INSERT' });
    const dying = this.call('customer-1', 'POST', credentials, secret);
    await step.reached();
    await replica.kill();
    await dying;
    await step.rollBack();
    await replica.start();
    const dead = `${queues.credentialsTicketEvents}.dead`;
    const event = JSON.stringify({ ticketId: ticket, planted: this.planted });
    await world.broker.at((broker) =>
      broker.publish(exchanges.ticket, 'ticket.status.changed', event, { messageId: 'unreadable' }),
    );
    await waitFor(async () => (await world.broker.depth(dead)) > 0);
  }

  async end(): Promise<void> {
    expect((await this.call('agent-1', 'PATCH', this.ticket, { status: 'resolved' }))?.status).toBe(
      200,
    );
    const database = this.loud.world.databases.credentials;
    await waitFor(async () => (await database.query('SELECT 1 FROM credential')).length === 0);
    await this.call('agent-1', 'POST', `${this.credentials}/reveal`);
    await this.call('customer-1', 'POST', this.credentials, this.secret);
  }

  private get credentials(): string {
    return `${this.ticket}/credentials`;
  }
}

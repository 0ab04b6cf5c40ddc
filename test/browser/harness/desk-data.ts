import { DemoApi, type Person } from '../../../tools/demo/api.js';
import { waitFor } from '../../support/wait-for.js';
import { type Scene } from './scene.js';

/** Tickets of the development mode's people, made through the public API. */
export class DeskData {
  private constructor(
    private readonly api: DemoApi,
    readonly alice: Person,
    readonly bob: Person,
  ) {}

  static async of({ system: { url } }: Scene): Promise<DeskData> {
    const api = new DemoApi(url.replace(/\/$/, ''));
    // Tokens are issued before the services are ready, so the first calls are repeated.
    const alice = await waitFor(() => api.signIn('alice', 'customer', 'Alice Customer'));
    return new DeskData(api, alice, await api.signIn('bob', 'agent', 'Bob Agent'));
  }

  /** @returns the id of a new ticket of Alice's */
  async ticket(
    subject: string,
    description = 'Since this morning, for everybody.',
  ): Promise<string> {
    const { id } = await this.api.create<{ id: string }>(
      this.alice,
      '/v1/tickets',
      crypto.randomUUID(),
      { subject, description },
    );
    return id;
  }

  reply(person: Person, ticketId: string, body: string): Promise<unknown> {
    return this.api.create(person, `/v1/tickets/${ticketId}/replies`, crypto.randomUUID(), {
      body,
    });
  }

  share(
    ticketId: string,
    credential: Readonly<Record<string, string>>,
  ): Promise<{ readonly id: string }> {
    return this.api.create(
      this.alice,
      `/v1/tickets/${ticketId}/credentials`,
      crypto.randomUUID(),
      credential,
    );
  }

  /** As Bob. */
  change(ticketId: string, change: Readonly<Record<string, unknown>>): Promise<unknown> {
    return this.api.change(this.bob, `/v1/tickets/${ticketId}`, change);
  }
}

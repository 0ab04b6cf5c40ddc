import { type Scene } from './scene.js';

/** Tickets of customer-1, made through the public API. */
export class Tickets {
  constructor(private readonly scene: Scene) {}

  /** @returns the id of a new ticket, assigned to the agent if one is given */
  async open(assigneeId?: string): Promise<string> {
    const { body } = await this.call('customer-1', 'POST', '', { subject: 'Shop is down' });
    if (assigneeId !== undefined)
      await this.call(assigneeId, 'PATCH', `/${body.id}`, { assigneeId });
    return body.id as string;
  }

  async share(ticketId: string, credential: object): Promise<string> {
    return (await this.call('customer-1', 'POST', `/${ticketId}/credentials`, credential)).body
      .id as string;
  }

  async revealed(ticketId: string, agent: string): Promise<any[]> {
    return (await this.call(agent, 'POST', `/${ticketId}/credentials/reveal`)).body.items as any[];
  }

  /** @throws unless the call succeeds */
  async call(
    actor: string,
    method: string,
    path: string,
    body?: object,
    headers: Record<string, string> = {},
  ) {
    const answer = await this.scene.system.call(actor, method, `/v1/tickets${path}`, body, headers);
    if (answer.status >= 400)
      throw new Error(`${method} ${path} answered ${answer.status} ${String(answer.body?.code)}`);
    return answer;
  }
}
